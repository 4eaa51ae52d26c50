package org.latentprint.generator.comfyui;

/** Counts the steps of walks over one graph, so that many walks over a hostile one end in time together. */
final class Steps {
    private int left;

    Steps(int most) {
        this.left = most;
    }

    /** Takes one step; says no, now and ever after, where none is left. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return left > 0;
    }

    boolean spent() {
        return left == 0;
    }
}
