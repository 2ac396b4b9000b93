package org.touchstone.c2pa.binding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** The hash algorithms of the specification (section 13.1). */
public enum HashAlgorithm {
  SHA256("sha256", "SHA-256"),
  SHA384("sha384", "SHA-384"),
  SHA512("sha512", "SHA-512");

  private final String code;
  private final String jdkName;

  HashAlgorithm(String code, String jdkName) {
    this.code = code;
    this.jdkName = jdkName;
  }

  /** The algorithm of that name in claims; empty when it is none of the specification's. */
  public static Optional<HashAlgorithm> of(String code) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.code.equals(code)).findFirst();
  }

  /** A new digest. */
  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(jdkName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform of ours has " + jdkName, e);
    }
  }
}
