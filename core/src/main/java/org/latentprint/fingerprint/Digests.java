package org.latentprint.fingerprint;

/**
 * The digests of all bytes of one item, in lower-case hex. MD5 and SHA-1 serve matching with older sets; SHA-256 serves
 * integrity.
 */
public record Digests(String md5, String sha1, String sha256) {}
