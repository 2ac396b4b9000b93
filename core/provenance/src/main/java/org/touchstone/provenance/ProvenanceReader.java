package org.touchstone.provenance;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.Validation;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.link.WebLink;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Versions;
import org.touchstone.provenance.credentials.CredentialReader;
import org.touchstone.provenance.trust.TrustLists;

/**
 * What a medium proves or says about its own origin: its content credentials, validated; otherwise
 * IPTC, which is not signed; and the labels of generators. Thread-safe.
 */
public final class ProvenanceReader {
  private static final Logger LOG = System.getLogger(ProvenanceReader.class.getName());

  private final CredentialReader credentials;
  private final Versions versions;
  private final InstantSource clock;

  /** Loaded at its first use. */
  private static final class Bundled {
    private static final ProvenanceReader READER =
        new ProvenanceReader(TrustLists.bundled(), InstantSource.system());
  }

  /**
   * @param lists whom to believe
   * @param clock the time at which signatures without a time stamp are judged
   */
  public ProvenanceReader(TrustLists lists, InstantSource clock) {
    this.credentials = new CredentialReader(lists, clock);
    this.versions =
        new Versions(CredentialReader.VERSION, lists.version(), MetadataReport.signatures());
    this.clock = clock;
  }

  /** A reader that judges by the lists that came with this version. */
  public static ProvenanceReader bundled() {
    return Bundled.READER;
  }

  /** What it judges by. */
  public Versions versions() {
    return versions;
  }

  /** The lists by which it judges. */
  public TrustLists lists() {
    return credentials.lists();
  }

  /**
   * The provenance. Nothing is thrown for damaged files.
   *
   * @param file the medium
   * @param metadata its metadata
   * @param isWhole whether the file holds all bytes of the medium; otherwise credentials cannot be
   *     checked
   */
  public Provenance read(Path file, MediaMetadata metadata, Modality modality, boolean isWhole) {
    Provenance read =
        validated(file, metadata, isWhole)
            .or(() -> metadata.c2pa().map(claims -> claimed(claims, isWhole)))
            .or(() -> remote(metadata))
            .or(() -> iptc(metadata))
            .orElse(Provenance.ABSENT);
    return read.withLabels(MetadataReport.labels(metadata, modality))
        .judged(read.judgedAt() == null ? clock.instant() : read.judgedAt(), versions);
  }

  /** The validation of a file's credentials, with all that was found; empty without credentials. */
  public Optional<Validation> validate(Path file) throws IOException {
    return credentials.validate(file);
  }

  private Optional<Provenance> validated(Path file, MediaMetadata metadata, boolean isWhole) {
    if (!isWhole) {
      return Optional.empty();
    }
    try {
      // A damaged container is no damaged credential: nothing says that it ever had one.
      return credentials
          .validate(file)
          .filter(found -> !found.manifests().isEmpty() || metadata.c2pa().isPresent())
          .map(credentials::provenance);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the credentials of a file cannot be read", e);
      return metadata.c2pa().map(claims -> claimed(claims, true));
    }
  }

  /** Credentials that were read and not checked. */
  private static Provenance claimed(C2paClaims claims, boolean isWhole) {
    List<String> sentences = new ArrayList<>();
    if (!claims.readable()) {
      sentences.add("There is a C2PA manifest that cannot be read.");
    }
    claims.actions().forEach(action -> sentences.add("Action: " + action));
    claims.agents().forEach(agent -> sentences.add("Software: " + agent));
    claims
        .parentSourceTypes()
        .forEach(type -> sentences.add("It was edited from a medium of type " + type + "."));
    claims
        .ingredientSourceTypes()
        .forEach(type -> sentences.add("One of its ingredients is of type " + type + "."));
    return new Provenance(
            State.PRESENT_UNVERIFIED,
            claims.signer(),
            claims.generator(),
            claims.sourceTypes().stream().findFirst().orElse(null),
            sentences)
        .with(isWhole ? Problem.UNSUPPORTED : Problem.NOT_WHOLE);
  }

  /** Credentials of which the file says that they are kept elsewhere; they are not fetched. */
  private static Optional<Provenance> remote(MediaMetadata metadata) {
    return metadata
        .first(XmpText.SOURCE, XmpText.REMOTE)
        .flatMap(ProvenanceReader::host)
        .map(Provenance::remote);
  }

  private static Optional<String> host(String text) {
    try {
      return Optional.of(WebLink.parse(text.strip()).host());
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  private static Optional<Provenance> iptc(MediaMetadata metadata) {
    Optional<String> type = metadata.first(XmpText.SOURCE, SourceTypes.PROPERTY);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    String tool = metadata.first(XmpText.SOURCE, "CreatorTool").orElse(null);
    List<String> claims = new ArrayList<>();
    claims.add("The digital source type comes from XMP, which is not signed.");
    metadata.first(XmpText.SOURCE, "Credit").ifPresent(c -> claims.add("Credit: " + c));
    return Optional.of(new Provenance(State.PRESENT_UNVERIFIED, null, tool, type.get(), claims));
  }
}
