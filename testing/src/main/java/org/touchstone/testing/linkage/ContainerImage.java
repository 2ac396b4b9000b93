package org.touchstone.testing.linkage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The base image and the packages of a container image, as its Dockerfile says.
 *
 * @param base the name of the image that it is built on
 * @param packages what {@code apt-get install} adds to it; versions are left out
 */
public record ContainerImage(String base, Set<String> packages) {
  private static final Pattern INSTRUCTION = Pattern.compile("(?m)^([A-Z]+) +(.*)$");
  private static final Pattern INSTALL = Pattern.compile("apt-get install ([^&|;]*)");
  private static final Pattern FROM = Pattern.compile("(?:--\\S+ )*(\\S+)(?: (?i:as) (\\S+))?\\s*");

  public ContainerImage {
    packages = Collections.unmodifiableSet(new TreeSet<>(packages));
  }

  private record Stage(String from, List<String> runs) {}

  /**
   * Reads the stages that the last one is built on.
   *
   * @param variant the value of the build argument {@code VARIANT}
   */
  public static ContainerImage of(Path dockerfile, String variant) throws IOException {
    String text =
        Files.readString(dockerfile)
            .replaceAll("(?m)^\\s*#.*\\n", "")
            .replaceAll("\\\\\\n\\s*", " ")
            .replace("${VARIANT}", variant);
    Map<String, Stage> stages = new LinkedHashMap<>();
    Stage last = null;
    Matcher instructions = INSTRUCTION.matcher(text);
    while (instructions.find()) {
      String arguments = instructions.group(2);
      Matcher from = FROM.matcher(arguments);
      if (instructions.group(1).equals("FROM") && from.matches()) {
        last = new Stage(from.group(1), new ArrayList<>());
        stages.put(from.group(2) == null ? "" : from.group(2), last);
      } else if (instructions.group(1).equals("RUN") && last != null) {
        last.runs().add(arguments);
      }
    }
    Set<String> packages = new TreeSet<>();
    Stage stage = last;
    for (int i = 0; i <= stages.size() && stage != null; i++) {
      stage.runs().forEach(run -> addPackages(run, packages));
      if (!stages.containsKey(stage.from())) {
        return new ContainerImage(stage.from(), packages);
      }
      stage = stages.get(stage.from());
    }
    throw new IOException(dockerfile + " is not built on an image");
  }

  private static void addPackages(String run, Set<String> packages) {
    Matcher install = INSTALL.matcher(run);
    while (install.find()) {
      for (String word : install.group(1).strip().split("\\s+")) {
        if (!word.startsWith("-")) {
          packages.add(word.replaceAll("=.*", ""));
        }
      }
    }
  }
}
