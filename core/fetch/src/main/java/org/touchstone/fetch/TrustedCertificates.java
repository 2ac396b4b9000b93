package org.touchstone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.core5.ssl.SSLContexts;

/** Whom to trust besides the public authorities, such as an organisation's own. */
public final class TrustedCertificates {
  private static final int MAX_BYTES = 8 << 20;

  private TrustedCertificates() {}

  /** Trusts the JDK's authorities. */
  public static SSLContext usual() {
    return SSLContexts.createDefault();
  }

  /**
   * Trusts the JDK's authorities and those of a file.
   *
   * @param pem a file of one or more certificates in PEM form
   * @throws IllegalArgumentException when the file cannot be read or holds no certificates; the
   *     message does not name its path
   */
  public static SSLContext with(Path pem) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager known) {
          for (X509Certificate issuer : known.getAcceptedIssuers()) {
            all.setCertificateEntry("jdk-" + number++, issuer);
          }
        }
      }
      for (Certificate certificate : read(pem)) {
        all.setCertificateEntry("own-" + number++, certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(all), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the file of certificates cannot be read, or is not PEM", e);
    }
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> read(Path pem)
      throws IOException, GeneralSecurityException {
    if (Files.size(pem) > MAX_BYTES) {
      throw new IOException("the file of certificates is too large");
    }
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("the file holds no certificates");
      }
      return found;
    }
  }
}
