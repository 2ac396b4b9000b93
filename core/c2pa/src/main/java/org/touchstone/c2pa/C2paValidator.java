package org.touchstone.c2pa;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.asset.AssetFile;
import org.touchstone.c2pa.asset.Container;
import org.touchstone.c2pa.asset.Containers;
import org.touchstone.c2pa.binding.Binding;
import org.touchstone.c2pa.credential.SignatureCheck;
import org.touchstone.c2pa.credential.Trust;
import org.touchstone.c2pa.jumbf.JumbfBox;
import org.touchstone.c2pa.jumbf.JumbfException;
import org.touchstone.c2pa.manifest.StoreCheck;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;

/**
 * Validates content credentials by the C2PA specification 2.2: JPEG, PNG, GIF, WebP, TIFF, JPEG XL,
 * SVG, WAV, AVI, MP3, FLAC and files of boxes (MP4, MOV, M4A, HEIF, AVIF). It reads the file alone,
 * and asks nobody. Thread-safe.
 */
public final class C2paValidator {
  private static final String STORE_URL = "self#jumbf=/c2pa";

  private final Trust trust;
  private final InstantSource clock;

  /**
   * @param trust whom to believe
   * @param clock the time at which signatures without a time stamp are judged
   */
  public C2paValidator(Trust trust, InstantSource clock) {
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * Validates a file's content credentials. Damaged and hostile ones are {@link State#INVALID} or
   * {@link State#UNCHECKED}, never an exception.
   *
   * @return the result; empty when the file holds none, or is of another kind than those above
   * @throws IOException when the file cannot be read
   */
  public Optional<Validation> validate(Path path) throws IOException {
    Instant now = clock.instant();
    try (AssetFile file = AssetFile.open(path)) {
      Optional<Container> container = Containers.of(file);
      if (container.isEmpty()) {
        return Optional.empty();
      }
      try {
        Optional<Container.Store> store = container.get().store();
        return store.isEmpty()
            ? Optional.empty()
            : Optional.of(validate(file, container.get(), store.get(), now));
      } catch (JumbfException e) {
        return Optional.of(failed(e, now));
      } catch (EOFException | RuntimeException e) {
        // Something points out of the file, or a parser of certificates gave up in its own way.
        return Optional.of(failed(JumbfException.malformed("they cannot be read", e), now));
      }
    }
  }

  private Validation validate(
      AssetFile file, Container container, Container.Store store, Instant now) throws IOException {
    StoreCheck check = new StoreCheck(JumbfBox.read(store.bytes()), new SignatureCheck(trust, now));
    StoreCheck.Result result =
        check.run(isUpdated -> new Binding(file, container, store.span(), isUpdated));
    return new Validation(
        state(result),
        result.isWhole() && !isUnsupported(result)
            ? null
            : "They use a kind of binding or an algorithm that is not supported.",
        now,
        result.manifests(),
        result.ofAsset(),
        result.ofIngredients());
  }

  private static Validation failed(JumbfException e, Instant now) {
    return e.isOverLimit()
        ? new Validation(
            State.UNCHECKED, sentence(e.getMessage()), now, List.of(), List.of(), List.of())
        : new Validation(
            State.INVALID,
            null,
            now,
            List.of(),
            List.of(new Status(Code.GENERAL_ERROR, STORE_URL, e.getMessage())),
            List.of());
  }

  private static String sentence(String message) {
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
  }

  private static boolean isUnsupported(StoreCheck.Result result) {
    return result.ofAsset().stream()
        .anyMatch(status -> status.code() == Code.ALGORITHM_UNSUPPORTED);
  }

  /** The state by the specification's section 14.3. */
  private static State state(StoreCheck.Result result) {
    if (!result.isWhole() || isUnsupported(result)) {
      return State.UNCHECKED;
    }
    boolean isSigned =
        has(result.ofAsset(), Code.CLAIM_SIGNATURE_VALIDATED)
            && has(result.ofAsset(), Code.CLAIM_SIGNATURE_INSIDE_VALIDITY);
    List<Code> failures =
        Stream.concat(result.ofAsset().stream(), result.ofIngredients().stream())
            .filter(Status::isFailure)
            .map(Status::code)
            .toList();
    if (!isSigned
        || failures.stream().anyMatch(code -> code != Code.SIGNING_CREDENTIAL_UNTRUSTED)) {
      return State.INVALID;
    }
    return failures.isEmpty() && has(result.ofAsset(), Code.SIGNING_CREDENTIAL_TRUSTED)
        ? State.TRUSTED
        : State.VALID;
  }

  private static boolean has(List<Status> statuses, Code code) {
    return statuses.stream().anyMatch(status -> status.code() == code);
  }
}
