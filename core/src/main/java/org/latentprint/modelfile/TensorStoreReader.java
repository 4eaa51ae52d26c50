package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;

/**
 * Reads the stores in which Draw Things (macOS, iOS) keeps models, LoRAs and what it trains from: SQLite databases with a table of
 * tensors, most of them named {@code .ckpt}. Their values may lie in a second file, named like the first with
 * {@code -tensordata} behind it, or behind the database in the same file.
 *
 * <p>Source: liuliu/ccv, {@code lib/nnc/ccv_nnc_tensor_io.c}; liuliu/s4nnc, {@code nnc/Store.swift}.
 */
final class TensorStoreReader implements ModelFileReader {
    /** The container's word. */
    static final String CONTAINER = "draw-things";

    private static final String TABLE = "tensors";

    /** The statement that makes the table, whatever its spaces. */
    private static final Pattern STATEMENT = Pattern.compile(
            "create\\s+table\\s+[\"'`\\[]?tensors[\"'`\\]]?\\s*\\(\\s*name\\s+text\\s*,\\s*type\\s+integer\\s*,"
                    + "\\s*format\\s+integer\\s*,\\s*datatype\\s+integer\\s*,\\s*dim\\s+blob\\s*,\\s*data\\s+blob\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int NAME = 0;
    private static final int TYPE = 1;
    private static final int DATATYPE = 3;
    private static final int DIMENSIONS = 4;
    private static final int DATA = 5;

    /** The format's own number of dimensions (ccv: CCV_NNC_MAX_DIM_ALLOC). */
    private static final int MAX_DIMENSIONS = 12;

    /** Where the number stands that says where values begin behind the database (SQLite's user_version). */
    private static final int TRAILER = 60;

    /** As for the other formats. */
    private static final int MAX_TENSORS = SafetensorsReader.MAX_TENSORS;

    /**
     * Bytes of a store that are its origin, with all names and shapes in them. In a larger one these are spread too far; its origin
     * is the first page, which says where its tables begin.
     */
    private static final long MAX_RANGE = 16 << 20;

    @Override
    public String id() {
        return "tensor-store/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        return SqliteTable.begins(head);
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        ModelHead head = new ModelHead(id(), CONTAINER);
        boolean named = ModelFileReaders.ending(name).equals("ckpt");
        Store store = new Store(head);
        try {
            SqliteTable database = SqliteTable.open(bytes);
            head.range(0, Math.min(bytes.size(), database.pageSize()));
            Optional<SqliteTable.Definition> table = database.table(TABLE)
                    .filter(definition ->
                            STATEMENT.matcher(definition.statement()).matches());
            if (table.isEmpty()) {
                // Databases of other programs, and those that only have such a name
                return Optional.empty();
            }
            if (database.logged()) {
                head.formatFacts().put("store.log", "may exist beside it (WAL), and was not read");
            }
            database.rows(table.get().root(), store::add);
            DrawThingsTraining.read(database, store.names).ifPresent(head::training);
            trailer(bytes, head);
            if (database.end() <= MAX_RANGE) {
                head.range(0, database.end());
            }
        } catch (EOFException damage) {
            if (!named && head.tensors().isEmpty()) {
                return Optional.empty();
            }
            Problem.Category category =
                    damage instanceof SqliteTable.TooLarge ? Problem.Category.LIMIT : Problem.Category.MALFORMED;
            head.problem(category, String.valueOf(damage.getMessage()), 0);
        }
        store.facts();
        return Optional.of(head);
    }

    private static void trailer(EvidenceBytes bytes, ModelHead head) throws IOException {
        long start = Integer.toUnsignedLong(
                ByteBuffer.wrap(bytes.readExactly(TRAILER, Integer.BYTES)).getInt());
        if (start > 0) {
            head.formatFacts().put("store.valuesFrom", Long.toString(start));
        }
    }

    /** Takes rows, and notes what they are. */
    private static final class Store {
        private final ModelHead head;
        private final List<String> names = new ArrayList<>();
        private long external;

        Store(ModelHead head) {
            this.head = head;
        }

        boolean add(SqliteRow row) {
            if (names.size() >= MAX_TENSORS) {
                head.problem(Problem.Category.LIMIT, "more than " + MAX_TENSORS + " tensors; the rest was not read", 0);
                return false;
            }
            String name = row.text(NAME);
            names.add(name);
            StoredType type = StoredType.of(row.number(TYPE), row.number(DATATYPE));
            external += type.external() ? 1 : 0;
            head.tensors()
                    .add(new TensorInfo(
                            name,
                            type.name(),
                            shape(row.bytes(DIMENSIONS)),
                            type.external() ? type.externalLength(row.bytes(DATA)) : row.length(DATA)));
            return true;
        }

        /** The first zero ends the dimensions. */
        private static List<Long> shape(byte[] dimensions) {
            ByteBuffer numbers = ByteBuffer.wrap(dimensions).order(ByteOrder.LITTLE_ENDIAN);
            List<Long> shape = new ArrayList<>();
            while (numbers.remaining() >= Integer.BYTES && shape.size() < MAX_DIMENSIONS) {
                int number = numbers.getInt();
                if (number <= 0) {
                    break;
                }
                shape.add((long) number);
            }
            return shape;
        }

        void facts() {
            if (external > 0) {
                head.formatFacts().put("store.externalTensors", Long.toString(external));
            }
            head.tensors().stream()
                    .map(TensorInfo::type)
                    .filter(StoredType::packed)
                    .map(type -> type.toLowerCase(Locale.ROOT))
                    .distinct()
                    .sorted()
                    .reduce((one, other) -> one + ", " + other)
                    .ifPresent(types -> head.formatFacts().put("store.packed", types));
        }
    }
}
