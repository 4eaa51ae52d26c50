# Sourced by the launcher, the build and the tests: sets JDK_HOME to a JDK of version 25 or newer.

jdk_version() {
    # Prints the major version of the JDK in folder $1, or nothing where there is none. The file "release" says it without
    # starting Java.
    [ -x "$1/bin/javac" ] || return 0
    stated=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release" 2>/dev/null | head -n 1)
    if [ -n "$stated" ]; then
        echo "$stated"
    else
        "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p' | head -n 1
    fi
}

find_jdk() {
    on_path=$(command -v javac 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        on_path=$(dirname -- "$(dirname -- "$(readlink -f -- "$on_path")")")
    fi
    for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*; do
        [ -n "$candidate" ] && [ -d "$candidate" ] || continue
        version=$(jdk_version "$candidate")
        if [ "${version:-0}" -ge 25 ]; then
            JDK_HOME=$candidate
            return 0
        fi
    done
    cat >&2 <<'MESSAGE'
latentprint needs a Java development kit (JDK) of version 25 or newer, and none was found.
Looked in: JAVA_HOME, the javac on the PATH, /usr/lib/jvm.
Install one (for example Eclipse Temurin 25) and set JAVA_HOME to its folder, then try again.
MESSAGE
    return 1
}
