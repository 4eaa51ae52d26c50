package org.latentprint.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which build of the program this is. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Program program = Program.running();
        return new String[] {
            "latentprint " + program.version() + " (build " + program.build() + ")",
            "Java " + program.java(),
            program.system()
        };
    }
}
