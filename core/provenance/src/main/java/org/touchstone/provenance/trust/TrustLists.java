package org.touchstone.provenance.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.touchstone.c2pa.credential.Trust;
import org.touchstone.c2pa.credential.TrustList;
import org.touchstone.domain.files.Sha256;
import org.touchstone.domain.provenance.Voucher;

/** All lists of those who vouch, and of those whom nobody can vouch for. Immutable. */
public final class TrustLists {
  /** The name of C2PA's own list in results. */
  public static final String OFFICIAL = "official";

  private static final String OWN = "own";
  private static final String INTERIM = "interim";
  private static final String GENERATOR = "known-generators:";

  /** When the list that C2PA's members used before was frozen. */
  private static final Instant INTERIM_ENDS = Instant.parse("2026-01-01T00:00:00Z");

  private static final String INTERIM_FILE = "interim-trust-list.pem";
  private static final int VERSION_HASH = 8;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final OfficialList signers;
  private final OfficialList timeAuthorities;
  private final List<X509Certificate> interim;
  private final KnownGenerators generators;
  private final ConformingProducts products;
  private final List<X509Certificate> own;
  private final Set<String> distrusted;
  private final String version;

  private TrustLists(TrustFiles files) throws IOException {
    byte[] official = given(files, TrustFiles.OFFICIAL);
    byte[] time = given(files, TrustFiles.TIME);
    byte[] known = given(files, TrustFiles.GENERATORS);
    byte[] conforming = given(files, TrustFiles.PRODUCTS);
    byte[] old = bundled(INTERIM_FILE);
    byte[] ours = files.read(TrustFiles.OWN).orElse(new byte[0]);
    byte[] never = files.read(TrustFiles.DISTRUSTED).orElse(new byte[0]);
    signers = OfficialList.read(official);
    timeAuthorities = OfficialList.read(time);
    generators = KnownGenerators.read(known);
    products = ConformingProducts.read(conforming);
    interim = Certificates.ofPem(old);
    own = ours.length == 0 ? List.of() : Certificates.ofPem(ours);
    distrusted = fingerprints(never);
    StringBuilder hashes = new StringBuilder();
    Stream.of(official, time, known, conforming, old, ours, never)
        .map(bytes -> Sha256.of(new String(bytes, StandardCharsets.ISO_8859_1)))
        .forEach(hashes::append);
    version =
        DAY.format(signers.issued())
            + "."
            + Sha256.of(hashes.toString()).substring(0, VERSION_HASH);
  }

  /** The lists that came with this version, and nothing else. */
  public static TrustLists bundled() {
    try {
      return of(TrustFiles.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled lists cannot be read", e);
    }
  }

  /**
   * The bundled lists, with files in their place and beside them.
   *
   * @throws IOException when a file cannot be read, or is not the list that it should be
   */
  public static TrustLists of(TrustFiles files) throws IOException {
    return new TrustLists(files);
  }

  static byte[] given(TrustFiles files, String name) throws IOException {
    Optional<byte[]> given = files.read(name);
    return given.isPresent() ? given.get() : bundled(name);
  }

  private static byte[] bundled(String name) throws IOException {
    try (InputStream in = TrustLists.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** SHA-256 of certificates, one a line; the rest of a line after a blank is a remark. */
  private static Set<String> fingerprints(byte[] text) throws IOException {
    Set<String> all = new HashSet<>();
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      String entry = line.strip();
      if (entry.isEmpty() || entry.startsWith("#")) {
        continue;
      }
      String hash = entry.split("\\s", 2)[0].replace(":", "").toLowerCase(Locale.ROOT);
      if (!hash.matches("[0-9a-f]{64}")) {
        throw new IOException("a line of " + TrustFiles.DISTRUSTED + " is not a SHA-256");
      }
      all.add(hash);
    }
    return all;
  }

  /** Whom to believe by these lists. The strongest list that vouches for a signer is named. */
  public Trust trust() {
    List<TrustList> lists = new ArrayList<>();
    lists.add(TrustList.of(OFFICIAL, signers.certificates()));
    lists.add(TrustList.of(OWN, own));
    lists.add(new TrustList(INTERIM, interim, Set.of(), INTERIM_ENDS, true));
    generators
        .entries()
        .forEach(
            entry ->
                lists.add(
                    new TrustList(
                        GENERATOR + entry.name(),
                        entry.certificates(),
                        entry.purposes(),
                        null,
                        false)));
    return new Trust(lists, TrustList.of(OFFICIAL, timeAuthorities.certificates()), distrusted);
  }

  /** Which kind of list the name of a list means; nobody for null. */
  public Voucher voucher(String list) {
    if (list == null) {
      return Voucher.NOBODY;
    }
    return switch (list) {
      case OFFICIAL -> Voucher.OFFICIAL;
      case OWN -> Voucher.OWN;
      case INTERIM -> Voucher.INTERIM;
      default -> list.startsWith(GENERATOR) ? Voucher.KNOWN_GENERATORS : Voucher.NOBODY;
    };
  }

  /** The entry that the name of a list means; empty for lists whose entries have no names. */
  public Optional<String> entry(String list) {
    return list != null && list.startsWith(GENERATOR)
        ? Optional.of(list.substring(GENERATOR.length()))
        : Optional.empty();
  }

  /** Whether a list vouches for what has a digital source type, the last part of its URI. */
  public boolean vouchesFor(String list, String sourceType) {
    Optional<String> entry = entry(list);
    return entry.isEmpty()
        || generators.entries().stream()
            .filter(known -> known.name().equals(entry.get()))
            .anyMatch(known -> known.sourceTypes().contains(sourceType));
  }

  /** The conforming products. */
  public ConformingProducts products() {
    return products;
  }

  /** Changes with every change of a list; begins with the day of the official list. */
  public String version() {
    return version;
  }

  /** When the list of signers was issued. */
  public Instant issued() {
    return signers.issued();
  }

  /** Whether a newer list is to be expected by then. */
  public boolean isOutdatedAt(Instant now) {
    return now.isAfter(signers.nextUpdate());
  }

  /** When the next list of signers is to be expected at the latest. */
  public Instant nextUpdate() {
    return signers.nextUpdate();
  }

  /** How many entries each list has. */
  public Counts counts() {
    return new Counts(
        signers.certificates().size(),
        timeAuthorities.certificates().size(),
        interim.size(),
        generators.entries().size(),
        products.products().size(),
        own.size(),
        distrusted.size());
  }

  /**
   * Numbers of entries.
   *
   * @param official certificates of C2PA's list
   * @param timeAuthorities certificates of its list of time stamp authorities
   * @param interim certificates of the frozen list
   * @param generators makers of generators
   * @param products conforming products that make credentials
   * @param own certificates of the organisation's own list
   * @param distrusted certificates that nobody can vouch for
   */
  public record Counts(
      int official,
      int timeAuthorities,
      int interim,
      int generators,
      int products,
      int own,
      int distrusted) {}
}
