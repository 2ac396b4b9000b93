package org.touchstone.models.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.touchstone.domain.Json;

/** Popular models that others found broken, inverted or useless. */
public final class RefusedModels {
  private final List<Refused> models;

  private RefusedModels(List<Refused> models) {
    this.models = List.copyOf(models);
  }

  /**
   * A model that is not installed.
   *
   * @param places where it is published, such as {@code owner/name} of a hub
   * @param unless a revision that is sound; empty when none is
   * @param reason what was found
   * @param source who found it
   */
  public record Refused(
      List<String> places, Optional<String> unless, String reason, String source) {
    public Refused {
      places = List.copyOf(places);
      Objects.requireNonNull(unless, "unless");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(source, "source");
    }

    private boolean isAt(String address) {
      String text = "/" + plain(address) + "/";
      return places.stream()
              .anyMatch(place -> text.contains("/" + place.toLowerCase(Locale.ROOT) + "/"))
          && unless.filter(text::contains).isEmpty();
    }

    private boolean isCalled(String called) {
      String name =
          plain(
              called.replaceFirst(
                  "^\\s*(?i:https?://)?(?i:(?:www\\.)?(?:huggingface\\.co|hf\\.co)/)?", ""));
      return places.stream()
          .anyMatch(
              place ->
                  place.equalsIgnoreCase(name)
                      || place.substring(place.indexOf('/') + 1).equalsIgnoreCase(name));
    }
  }

  /** An address in one spelling: nothing escaped that need not be, and no empty steps. */
  private static String plain(String address) {
    String text = address.strip();
    try {
      text = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text.toLowerCase(Locale.ROOT); // no server reads it as another name either
    }
    return text.toLowerCase(Locale.ROOT).replaceAll("(?:/[.]?(?=/))+", "").replaceAll("/+$", "");
  }

  /** The list that comes with Touchstone. */
  public static RefusedModels bundled() {
    try (InputStream in = RefusedModels.class.getResourceAsStream("refused.json")) {
      List<Refused> models = new ArrayList<>();
      for (JsonNode node : Json.mapper().readTree(in).path("models")) {
        CatalogueFields fields =
            new CatalogueFields(node).allow(Set.of("places", "unless", "reason", "source"));
        models.add(
            new Refused(
                fields.texts("places"),
                fields.optional("unless"),
                fields.required("reason"),
                fields.required("source")));
      }
      return new RefusedModels(models);
    } catch (IOException e) {
      throw new UncheckedIOException("the list of refused models cannot be read", e);
    }
  }

  /** The refused model that a person means by a name, such as {@code owner/name}. */
  public Optional<Refused> named(String name) {
    return models.stream().filter(model -> model.isCalled(name)).findFirst();
  }

  /** The refused model that an entry would install. */
  public Optional<Refused> of(CatalogueEntry entry) {
    List<String> addresses =
        Stream.concat(
                entry.files().stream().map(file -> file.link().toString()),
                Stream.of(entry.homepage()))
            .toList();
    return models.stream()
        .filter(
            model ->
                (model.unless().isEmpty() || !entry.revision().equals(model.unless()))
                    && addresses.stream().anyMatch(model::isAt))
        .findFirst();
  }
}
