package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value on the stack of the pickle machine: only as much of it as names and shapes need. */
sealed interface PickleValue {

    /** Anything whose value is not needed. */
    record Other() implements PickleValue {
        static final Other VALUE = new Other();
    }

    /** The mark from which the next tuple, list or dictionary begins. */
    record Mark() implements PickleValue {
        static final Mark VALUE = new Mark();
    }

    record Text(String text) implements PickleValue {}

    record Whole(long number) implements PickleValue {}

    /** An import. */
    record Global(String module, String name) implements PickleValue {
        String full() {
            return module + "." + name;
        }
    }

    /** A tuple or list; it can hold itself, so it is never compared or printed. */
    final class Sequence implements PickleValue {
        final List<PickleValue> values = new ArrayList<>(2);

        Optional<PickleValue> get(int index) {
            return index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
        }
    }

    /** A dictionary; keys that are neither text nor numbers are left out. */
    final class Dictionary implements PickleValue {
        final Map<String, PickleValue> values = new LinkedHashMap<>(4);
    }

    /** The result of calling an import, which was not called. */
    final class Call implements PickleValue {
        final Optional<Global> called;
        final PickleValue arguments;
        final Dictionary items = new Dictionary();

        Call(Optional<Global> called, PickleValue arguments) {
            this.called = called;
            this.arguments = arguments;
        }
    }

    /** A reference to something outside the pickle, for torch a storage. */
    record Persistent(PickleValue id) implements PickleValue {}
}
