package org.touchstone.c2pa.credential;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.StatusLog;

/**
 * A time stamp that was verified (RFC 3161).
 *
 * @param time when the signature existed
 * @param authority name of the authority that says so; null when its certificate has none
 * @param isTrusted whether the authority is on the list of trusted ones
 */
record TimeStamp(Instant time, String authority, boolean isTrusted) {

  /**
   * Verifies a time stamp.
   *
   * @param token a token, or the response that holds one
   * @param stamped the bytes it is to be over
   * @return the time stamp; empty when it does not count, for a reason in the log
   */
  static Optional<TimeStamp> verify(
      byte[] token, byte[] stamped, Trust trust, String url, StatusLog log) {
    TimeStampToken read;
    X509CertificateHolder signer;
    List<X509Certificate> chain;
    try {
      read = token(token);
      Store<X509CertificateHolder> certificates = read.getCertificates();
      @SuppressWarnings("unchecked")
      Collection<X509CertificateHolder> signers = certificates.getMatches(read.getSID());
      if (signers.size() != 1) {
        log.add(Code.TIME_STAMP_MALFORMED, url, "it does not hold its signer's certificate");
        return Optional.empty();
      }
      signer = signers.iterator().next();
      chain = chain(signer, certificates.getMatches(null));
      if (!MessageDigest.isEqual(
          MessageDigest.getInstance(read.getTimeStampInfo().getMessageImprintAlgOID().getId())
              .digest(stamped),
          read.getTimeStampInfo().getMessageImprintDigest())) {
        log.add(Code.TIME_STAMP_MISMATCH, url, "it is over something else");
        return Optional.empty();
      }
    } catch (NoSuchAlgorithmException e) {
      log.add(Code.TIME_STAMP_MALFORMED, url, "its hash algorithm is not known");
      return Optional.empty();
    } catch (Exception e) {
      // The parser throws its own checked and unchecked exceptions on hostile bytes.
      log.add(Code.TIME_STAMP_MALFORMED, url, "it cannot be read");
      return Optional.empty();
    }
    Instant time = read.getTimeStampInfo().getGenTime().toInstant();
    if (!CertificateProfile.isValidAt(chain.getFirst(), time)) {
      log.add(Code.TIME_STAMP_OUTSIDE_VALIDITY, url);
      return Optional.empty();
    }
    try {
      read.validate(new JcaSimpleSignerInfoVerifierBuilder().build(chain.getFirst()));
    } catch (TSPException
        | org.bouncycastle.operator.OperatorCreationException
        | RuntimeException e) {
      log.add(Code.TIME_STAMP_MISMATCH, url, "its signature is not that of its certificate");
      return Optional.empty();
    }
    boolean isTrusted =
        TrustPath.find(chain, trust.timeAuthorities().anchors(), time)
            .filter(path -> path.stream().noneMatch(trust::isDistrusted))
            .isPresent();
    return Optional.of(new TimeStamp(time, Names.of(chain.getFirst()), isTrusted));
  }

  private static TimeStampToken token(byte[] bytes) throws Exception {
    try {
      TimeStampToken token = new TimeStampResponse(bytes).getTimeStampToken();
      if (token != null) {
        return token;
      }
    } catch (TSPException | IOException | RuntimeException e) {
      // The second version holds the token alone.
    }
    return new TimeStampToken(new CMSSignedData(bytes));
  }

  private static List<X509Certificate> chain(
      X509CertificateHolder signer, Collection<X509CertificateHolder> all) throws Exception {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(converter.getCertificate(signer));
    for (X509CertificateHolder other : all) {
      if (!other.equals(signer)) {
        chain.add(converter.getCertificate(other));
      }
    }
    return chain;
  }
}
