package org.latentprint.modelfile;

import java.util.Map;

/**
 * A tensor type of GGUF (ggml-org/ggml: include/ggml.h).
 *
 * @param name such as {@code Q4_K}
 * @param block elements stored together
 * @param size bytes of a block; 0 where it is not known
 */
record GgmlType(String name, int block, int size) {
    private static final Map<Integer, GgmlType> ALL = Map.ofEntries(
            Map.entry(0, new GgmlType("F32", 1, 4)),
            Map.entry(1, new GgmlType("F16", 1, 2)),
            Map.entry(2, new GgmlType("Q4_0", 32, 18)),
            Map.entry(3, new GgmlType("Q4_1", 32, 20)),
            Map.entry(6, new GgmlType("Q5_0", 32, 22)),
            Map.entry(7, new GgmlType("Q5_1", 32, 24)),
            Map.entry(8, new GgmlType("Q8_0", 32, 34)),
            Map.entry(10, new GgmlType("Q2_K", 256, 84)),
            Map.entry(11, new GgmlType("Q3_K", 256, 110)),
            Map.entry(12, new GgmlType("Q4_K", 256, 144)),
            Map.entry(13, new GgmlType("Q5_K", 256, 176)),
            Map.entry(14, new GgmlType("Q6_K", 256, 210)),
            Map.entry(15, new GgmlType("Q8_K", 256, 292)),
            Map.entry(16, new GgmlType("IQ2_XXS", 256, 66)),
            Map.entry(17, new GgmlType("IQ2_XS", 256, 74)),
            Map.entry(18, new GgmlType("IQ3_XXS", 256, 98)),
            Map.entry(19, new GgmlType("IQ1_S", 256, 50)),
            Map.entry(20, new GgmlType("IQ4_NL", 32, 18)),
            Map.entry(21, new GgmlType("IQ3_S", 256, 110)),
            Map.entry(22, new GgmlType("IQ2_S", 256, 82)),
            Map.entry(23, new GgmlType("IQ4_XS", 256, 136)),
            Map.entry(29, new GgmlType("IQ1_M", 256, 56)),
            Map.entry(24, new GgmlType("I8", 1, 1)),
            Map.entry(25, new GgmlType("I16", 1, 2)),
            Map.entry(26, new GgmlType("I32", 1, 4)),
            Map.entry(27, new GgmlType("I64", 1, 8)),
            Map.entry(28, new GgmlType("F64", 1, 8)),
            Map.entry(30, new GgmlType("BF16", 1, 2)),
            Map.entry(34, new GgmlType("TQ1_0", 256, 54)),
            Map.entry(35, new GgmlType("TQ2_0", 256, 66)),
            Map.entry(39, new GgmlType("MXFP4", 32, 17)));

    /** Recipes of {@code general.file_type} (ggml-org/llama.cpp: include/llama.h, llama_ftype). */
    private static final Map<String, String> RECIPES = Map.ofEntries(
            Map.entry("0", "F32"),
            Map.entry("1", "F16"),
            Map.entry("2", "Q4_0"),
            Map.entry("3", "Q4_1"),
            Map.entry("7", "Q8_0"),
            Map.entry("8", "Q5_0"),
            Map.entry("9", "Q5_1"),
            Map.entry("10", "Q2_K"),
            Map.entry("11", "Q3_K_S"),
            Map.entry("12", "Q3_K_M"),
            Map.entry("13", "Q3_K_L"),
            Map.entry("14", "Q4_K_S"),
            Map.entry("15", "Q4_K_M"),
            Map.entry("16", "Q5_K_S"),
            Map.entry("17", "Q5_K_M"),
            Map.entry("18", "Q6_K"),
            Map.entry("19", "IQ2_XXS"),
            Map.entry("20", "IQ2_XS"),
            Map.entry("21", "Q2_K_S"),
            Map.entry("22", "IQ3_XS"),
            Map.entry("23", "IQ3_XXS"),
            Map.entry("24", "IQ1_S"),
            Map.entry("25", "IQ4_NL"),
            Map.entry("26", "IQ3_S"),
            Map.entry("27", "IQ3_M"),
            Map.entry("28", "IQ2_S"),
            Map.entry("29", "IQ2_M"),
            Map.entry("30", "IQ4_XS"),
            Map.entry("31", "IQ1_M"),
            Map.entry("32", "BF16"),
            Map.entry("36", "TQ1_0"),
            Map.entry("37", "TQ2_0"),
            Map.entry("38", "MXFP4"));

    static GgmlType of(int number) {
        GgmlType known = ALL.get(number);
        return known == null ? new GgmlType("type-" + Integer.toUnsignedString(number), 1, 0) : known;
    }

    /** Says whether a name is that of a type of tensors, and not of a recipe that mixes several. */
    static boolean isType(String name) {
        return ALL.values().stream().anyMatch(type -> type.name.equals(name));
    }

    /** Returns the recipe's name; an empty text where the number is not known. */
    static String recipe(String fileType) {
        return RECIPES.getOrDefault(fileType, "");
    }

    long bytes(long elements) {
        long blocks = elements / block;
        return size > 0 && blocks > Long.MAX_VALUE / size ? Long.MAX_VALUE : blocks * size;
    }
}
