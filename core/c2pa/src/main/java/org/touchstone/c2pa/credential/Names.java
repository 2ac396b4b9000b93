package org.touchstone.c2pa.credential;

import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Names in certificates, for people; never to recognise anybody by. */
final class Names {
  private static final int MAX = 200;

  private Names() {}

  /** The subject's organisation, else its common name; null when it has neither. */
  static String of(X509Certificate certificate) {
    String organisation = part(certificate.getSubjectX500Principal(), "O");
    return organisation != null ? organisation : part(certificate.getSubjectX500Principal(), "CN");
  }

  /** A part of a name, such as {@code O}; null when it is missing. */
  static String part(X500Principal name, String type) {
    try {
      for (Rdn rdn : new LdapName(name.getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase(type)) {
          String text = String.valueOf(rdn.getValue());
          return text.length() <= MAX ? text : text.substring(0, MAX);
        }
      }
    } catch (InvalidNameException e) {
      // A name that cannot be read is not shown.
    }
    return null;
  }
}
