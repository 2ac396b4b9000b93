package org.touchstone.testing.linkage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The systems that packages are deployed to, and the libraries that each offers. The surveys are
 * files beside this class; {@code testing/survey-base} makes them from a distribution's packages,
 * and the few that it cannot reach are derived from one that it can.
 */
public final class BaseSystem {
  private static final Pattern VERSION = Pattern.compile("([A-Z]+)_(\\d+(?:\\.\\d+)*)");

  private final Description description;
  private final Survey survey;

  private BaseSystem(Description description, Survey survey) {
    this.description = description;
    this.survey = survey;
  }

  /**
   * A base system.
   *
   * @param images the start of the names of container images of this system
   * @param survey the file with its packages
   * @param newest the newest versions of symbols that it offers, by the start of their names, where
   *     they are older than the survey's
   * @param packages packages that the survey does not know, with their libraries, of whose symbol
   *     versions nothing is known
   * @param installed the only packages that may be relied on; null for the survey's
   * @param alsoInstalled packages that the image has besides
   * @param source where these facts come from
   */
  private record Description(
      List<String> images,
      String survey,
      Map<String, String> newest,
      Map<String, List<String>> packages,
      List<String> installed,
      List<String> alsoInstalled,
      String source) {

    private Description {
      newest = newest == null ? Map.of() : newest;
      packages = packages == null ? Map.of() : packages;
      alsoInstalled = alsoInstalled == null ? List.of() : alsoInstalled;
    }
  }

  /** The packages of a distribution, by architecture. */
  private record Survey(String command, Map<String, Packages> architectures) {}

  /**
   * Packages of one architecture.
   *
   * @param installed the packages that every system has
   * @param brings for each package that may be installed, the packages that come with it
   * @param libraries for each package its libraries, each with the symbol versions it offers,
   *     separated by blanks
   */
  private record Packages(
      List<String> installed,
      Map<String, List<String>> brings,
      @JsonProperty("libraries") Map<String, Map<String, String>> libraries) {}

  /**
   * The system of a container image.
   *
   * @param image a name with a tag
   * @throws IllegalArgumentException when nothing is known of it
   */
  public static BaseSystem ofImage(String image) {
    return all().values().stream()
        .filter(each -> each.description.images().stream().anyMatch(image::startsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "What "
                        + image
                        + " offers is not known: describe it in bases.json, see"
                        + " testing/survey-base"));
  }

  /** The system with this name in {@code bases.json}. */
  public static BaseSystem named(String name) {
    BaseSystem system = all().get(name);
    if (system == null) {
      throw new IllegalArgumentException("no base system is named " + name);
    }
    return system;
  }

  private static Map<String, BaseSystem> all() {
    Map<String, BaseSystem> all = new TreeMap<>();
    read("bases.json", Bases.class)
        .systems()
        .forEach(
            (name, description) ->
                all.put(
                    name, new BaseSystem(description, read(description.survey(), Survey.class))));
    return all;
  }

  private record Bases(Map<String, Description> systems) {}

  private static <T> T read(String file, Class<T> type) {
    try (InputStream in = BaseSystem.class.getResourceAsStream(file)) {
      return new JsonMapper().readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The libraries that it offers.
   *
   * @param packages the packages that are installed in addition to its own
   * @return each library with its symbol versions; null for one whose versions are not known
   * @throws IllegalArgumentException when a package is not known
   */
  Map<String, Set<String>> libraries(Architecture architecture, Collection<String> packages) {
    Packages of = survey.architectures().get(architecture.debian());
    Map<String, List<String>> own = description.packages();
    Map<String, Set<String>> libraries = new TreeMap<>();
    Set<String> present =
        new TreeSet<>(description.installed() == null ? of.installed() : description.installed());
    present.addAll(description.alsoInstalled());
    for (String name : packages) {
      if (of.brings().containsKey(name)) {
        present.add(name);
        present.addAll(of.brings().get(name));
      } else if (own.containsKey(name)) {
        present.add(name);
      } else {
        throw new IllegalArgumentException(
            "Which libraries the package " + name + " has is not known: see testing/survey-base");
      }
    }
    for (String name : present) {
      own.getOrDefault(name, List.of()).forEach(library -> libraries.put(library, null));
      of.libraries()
          .getOrDefault(name, Map.of())
          .forEach((library, versions) -> libraries.put(library, offered(versions)));
    }
    return libraries;
  }

  private Set<String> offered(String versions) {
    Set<String> offered = new TreeSet<>();
    for (String version : versions.split(" ")) {
      if (!isTooNew(version)) {
        offered.add(version);
      }
    }
    return offered;
  }

  /** Whether a symbol version is later than those that this system offers. */
  private boolean isTooNew(String version) {
    Matcher name = VERSION.matcher(version);
    if (!name.matches() || !description.newest().containsKey(name.group(1))) {
      return false;
    }
    return Arrays.compare(numbers(name.group(2)), numbers(description.newest().get(name.group(1))))
        > 0;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
