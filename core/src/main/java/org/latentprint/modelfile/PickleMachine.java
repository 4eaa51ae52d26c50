package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.latentprint.modelfile.PickleValue.Call;
import org.latentprint.modelfile.PickleValue.Dictionary;
import org.latentprint.modelfile.PickleValue.Global;
import org.latentprint.modelfile.PickleValue.Mark;
import org.latentprint.modelfile.PickleValue.Other;
import org.latentprint.modelfile.PickleValue.Persistent;
import org.latentprint.modelfile.PickleValue.Sequence;
import org.latentprint.modelfile.PickleValue.Text;

/**
 * Reads the opcodes of a pickle and keeps its stack, and never runs anything: an import is noted, a call stands as a value
 * that says what would have been called. Opcodes after Python's Lib/pickletools.py.
 */
final class PickleMachine {
    /** A checkpoint of 4,000 tensors with its optimiser has some 500,000. */
    static final long MAX_OPCODES = 2_000_000;

    /** Values alive on stack and in memo: they alone take memory. */
    static final int MAX_VALUES = 400_000;

    /** Different names that are listed; real models import a dozen. */
    private static final int MAX_GLOBALS = 1_000;

    private final PickleInput in;
    private final SortedSet<String> globals;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();
    private long values;
    private boolean unresolved;

    PickleMachine(PickleInput in, SortedSet<String> globals) {
        this.in = in;
        this.globals = globals;
    }

    /** Says whether an import was met whose name does not stand in the pickle. */
    boolean unresolved() {
        return unresolved;
    }

    /**
     * Reads to the end of one pickle.
     *
     * @return its value
     * @throws Broken where it breaks the rules or a bound was reached; imports met before are kept
     */
    PickleValue run() throws IOException {
        for (long opcodes = 0; opcodes < MAX_OPCODES; opcodes++) {
            int opcode = in.unsignedByte();
            if (opcode == '.') {
                return stack.isEmpty() ? Other.VALUE : pop();
            }
            step(opcode);
            if (values > MAX_VALUES) {
                throw new Broken("more than " + MAX_VALUES + " values; the rest was not read");
            }
        }
        throw new Broken("more than " + MAX_OPCODES + " opcodes; the rest was not read");
    }

    private void step(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> in.unsignedByte();
            case 0x95 -> in.littleEndian(8);
            case '(' -> push(Mark.VALUE);
            case '0' -> pop();
            case '1' -> toMark();
            case '2' -> push(top());
            case 'N', 0x88, 0x89, 0x97 -> push(Other.VALUE);
            case 0x98 -> {}
            case 'I', 'L' -> push(number(in.line()));
            case 'F' -> other(in.line());
            case 'G' -> push(Other.VALUE, 8);
            case 'J' -> push(new PickleValue.Whole((int) in.littleEndian(4)));
            case 'K' -> push(new PickleValue.Whole(in.unsignedByte()));
            case 'M' -> push(new PickleValue.Whole(in.littleEndian(2)));
            case 0x8a -> longNumber(in.unsignedByte());
            case 0x8b -> longNumber(in.littleEndian(4));
            case 'S', 'V' -> push(new Text(unquote(in.line())));
            case 'T', 'X', 'B' -> push(new Text(in.text(in.littleEndian(4))));
            case 'U', 0x8c, 'C' -> push(new Text(in.text(in.unsignedByte())));
            case 0x8d, 0x8e, 0x96 -> push(new Text(in.text(in.littleEndian(8))));
            case ']', 0x8f, ')' -> push(new Sequence());
            case '}' -> push(new Dictionary());
            case 'l', 't', 0x91 -> push(sequence(toMark()));
            case 0x85 -> push(sequence(last(1)));
            case 0x86 -> push(sequence(last(2)));
            case 0x87 -> push(sequence(last(3)));
            case 'd' -> dictionary(toMark());
            case 'a' -> append(last(1));
            case 'e', 0x90 -> append(toMark());
            case 's' -> setItems(last(2));
            case 'u' -> setItems(toMark());
            case 'p' -> remember(parse(in.line()));
            case 'q' -> remember(in.unsignedByte());
            case 'r' -> remember(in.littleEndian(4));
            case 0x94 -> remember(memo.size());
            case 'g' -> recall(parse(in.line()));
            case 'h' -> recall(in.unsignedByte());
            case 'j' -> recall(in.littleEndian(4));
            case 'c' -> global(in.line(), in.line());
            case 'i' -> instance(in.line(), in.line());
            case 0x93 -> stackGlobal();
            case 0x82 -> extension(1);
            case 0x83 -> extension(2);
            case 0x84 -> extension(4);
            case 'R', 0x81 -> call(last(2));
            case 0x92 -> call(last(3));
            case 'o' -> call(toMark());
            case 'b' -> build(pop());
            case 'P' -> push(new Persistent(new Text(in.line())));
            case 'Q' -> push(new Persistent(pop()));
            default ->
                throw new Broken("at byte " + (in.position() - 1) + ": opcode 0x" + Integer.toHexString(opcode)
                        + " does not exist");
        }
    }

    private void push(PickleValue value) {
        stack.add(value);
        values++;
    }

    private void push(PickleValue value, int skip) throws IOException {
        in.skip(skip);
        push(value);
    }

    private void other(String unused) {
        push(unused.isEmpty() ? new Text("") : Other.VALUE);
    }

    private PickleValue pop() throws Broken {
        if (stack.isEmpty()) {
            throw new Broken("at byte " + in.position() + ": the stack is empty");
        }
        return stack.removeLast();
    }

    private PickleValue top() throws Broken {
        if (stack.isEmpty()) {
            throw new Broken("at byte " + in.position() + ": the stack is empty");
        }
        return stack.getLast();
    }

    private List<PickleValue> toMark() throws Broken {
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (stack.get(i) instanceof Mark) {
                List<PickleValue> above = new ArrayList<>(stack.subList(i + 1, stack.size()));
                stack.subList(i, stack.size()).clear();
                return above;
            }
        }
        throw new Broken("at byte " + in.position() + ": there is no mark on the stack");
    }

    private List<PickleValue> last(int count) throws Broken {
        if (stack.size() < count) {
            throw new Broken("at byte " + in.position() + ": the stack is empty");
        }
        List<PickleValue> tail = stack.subList(stack.size() - count, stack.size());
        List<PickleValue> taken = new ArrayList<>(tail);
        tail.clear();
        return taken;
    }

    private static Sequence sequence(List<PickleValue> items) {
        Sequence sequence = new Sequence();
        sequence.values.addAll(items);
        return sequence;
    }

    private void append(List<PickleValue> items) throws Broken {
        if (top() instanceof Sequence sequence) {
            sequence.values.addAll(items);
        }
    }

    private void dictionary(List<PickleValue> items) throws Broken {
        push(new Dictionary());
        setItems(items);
    }

    private void setItems(List<PickleValue> items) throws Broken {
        Optional<Dictionary> target = switch (top()) {
            case Dictionary dictionary -> Optional.of(dictionary);
            case Call call -> Optional.of(call.items);
            default -> Optional.empty();
        };
        for (int i = 0; i + 1 < items.size(); i += 2) {
            Optional<String> key = switch (items.get(i)) {
                case Text text -> Optional.of(text.text());
                case PickleValue.Whole number -> Optional.of(Long.toString(number.number()));
                default -> Optional.empty();
            };
            PickleValue value = items.get(i + 1);
            target.ifPresent(into -> key.ifPresent(name -> into.values.put(name, value)));
        }
        values += items.size();
    }

    private void remember(long index) throws Broken {
        memo.put(index, top());
        values++;
    }

    private void recall(long index) {
        push(memo.getOrDefault(index, Other.VALUE));
    }

    private Global global(String module, String name) {
        Global global = new Global(module, name);
        if (globals.size() < MAX_GLOBALS) {
            globals.add(global.full());
        }
        push(global);
        return global;
    }

    private void stackGlobal() throws Broken {
        List<PickleValue> names = last(2);
        if (names.get(0) instanceof Text module && names.get(1) instanceof Text name) {
            global(module.text(), name.text());
        } else {
            unresolved = true;
            push(Other.VALUE);
        }
    }

    private void extension(int bytes) throws IOException {
        in.skip(bytes);
        unresolved = true;
        push(Other.VALUE);
    }

    private void instance(String module, String name) throws Broken {
        List<PickleValue> arguments = toMark();
        Global called = global(module, name);
        pop();
        push(new Call(Optional.of(called), sequence(arguments)));
    }

    private void call(List<PickleValue> parts) {
        Optional<Global> called =
                !parts.isEmpty() && parts.getFirst() instanceof Global global ? Optional.of(global) : Optional.empty();
        push(new Call(called, parts.size() > 1 ? parts.get(1) : Other.VALUE));
    }

    private void build(PickleValue state) throws Broken {
        if (top() instanceof Call call && state instanceof Dictionary fields) {
            values += fields.values.size();
            if (values > MAX_VALUES) {
                throw new Broken("more than " + MAX_VALUES + " values; the rest was not read");
            }
            fields.values.forEach(call.items.values::putIfAbsent);
        }
    }

    private void longNumber(long length) throws IOException {
        if (length < 0 || length > 8) {
            in.skip(length);
            push(Other.VALUE);
            return;
        }
        long value = in.littleEndian((int) length);
        int unused = 64 - 8 * (int) length;
        push(new PickleValue.Whole(length == 0 ? 0 : value << unused >> unused));
    }

    private static PickleValue number(String line) {
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        return digits.matches("-?\\d{1,18}") ? new PickleValue.Whole(Long.parseLong(digits)) : Other.VALUE;
    }

    private static long parse(String line) throws Broken {
        if (!line.matches("\\d{1,9}")) {
            throw new Broken("a memo index is no number");
        }
        return Long.parseLong(line);
    }

    private static String unquote(String line) {
        boolean quoted = line.length() >= 2
                && (line.charAt(0) == '\'' || line.charAt(0) == '"')
                && line.charAt(line.length() - 1) == line.charAt(0);
        return quoted ? line.substring(1, line.length() - 1) : line;
    }

    /** Says that a pickle breaks its rules, or that a bound was reached. */
    static final class Broken extends EOFException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }
}
