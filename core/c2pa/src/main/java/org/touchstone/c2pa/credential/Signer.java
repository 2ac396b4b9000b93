package org.touchstone.c2pa.credential;

import java.math.BigInteger;
import java.time.Instant;

/**
 * Who signed a claim, as far as it can be read from the signature.
 *
 * @param name the organisation in the certificate, else its common name; null when it has neither
 * @param issuer the organisation that issued the certificate; null when it has no name
 * @param serial the certificate's serial number
 * @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal
 * @param notBefore begin of the certificate's validity
 * @param notAfter its end
 * @param algorithm the signature's algorithm
 * @param time when the signature existed, by a verified time stamp; null without one
 * @param timeAuthority who says so; null without a time stamp, or when its certificate has no name
 * @param isTimeTrusted whether that authority is on the list of trusted ones
 * @param vouchedBy name of the list that vouches for the signer; null when none does
 * @param assuranceLevel the level of assurance that C2PA's conformance programme wrote into the
 *     certificate; null when it wrote none
 * @param productRecord the record of the signer's product in C2PA's list of conforming products, as
 *     the certificate names it; null when it names none
 */
public record Signer(
    String name,
    String issuer,
    BigInteger serial,
    String fingerprint,
    Instant notBefore,
    Instant notAfter,
    SigningAlgorithm algorithm,
    Instant time,
    String timeAuthority,
    boolean isTimeTrusted,
    String vouchedBy,
    Integer assuranceLevel,
    String productRecord) {}
