package org.touchstone.c2pa;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time stamp authority of the tests. */
final class TestStamp {
  private final TestAuthority authority;
  private final TestAuthority.Issued issued;

  TestStamp(TestAuthority authority) throws Exception {
    this.authority = authority;
    issued =
        authority.issue(
            // RSA, because its signatures have one length: stores are made several times.
            TestAuthority.rsa(),
            KeyPurposeId.id_kp_timeStamping,
            TestAuthority.FROM,
            TestAuthority.UNTIL);
  }

  /** Makes the header parameter with a time stamp of that time. */
  Function<byte[], Map<String, Object>> at(String time) {
    return bytes -> {
      try {
        TimeStampTokenGenerator generator =
            new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder()
                    .build("SHA256withRSA", issued.key(), issued.certificate()),
                new JcaDigestCalculatorProviderBuilder()
                    .build()
                    .get(
                        new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                            new ASN1ObjectIdentifier("1.3.14.3.2.26"))),
                new ASN1ObjectIdentifier("1.2.3.4"));
        generator.addCertificates(
            new JcaCertStore(List.of(issued.certificate(), authority.certificate())));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
        requests.setCertReq(true);
        byte[] token =
            generator
                .generate(
                    requests.generate(TSPAlgorithms.SHA256, hash),
                    BigInteger.ONE,
                    Date.from(Instant.parse(time)))
                .getEncoded();
        return Map.of("sigTst2", Map.of("tstTokens", List.of(Map.of("val", token))));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
