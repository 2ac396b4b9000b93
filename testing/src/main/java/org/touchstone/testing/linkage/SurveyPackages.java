package org.touchstone.testing.linkage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The part of {@code testing/survey-base} that reads the unpacked packages. */
public final class SurveyPackages {
  /** Folders that the dynamic linker searches; libraries elsewhere are parts of programs. */
  private static final String SEARCHED = "(usr/)?lib(/[a-z0-9_]+-linux-gnu)?";

  private SurveyPackages() {}

  /**
   * Writes a survey.
   *
   * @param args the command that it is made with, the file to write, and a folder with one folder
   *     for each architecture. In each, {@code packages/NAME} are unpacked packages, {@code
   *     brings/NAME} lists the packages that come with one, and {@code installed} lists those that
   *     every system has.
   */
  public static void main(String... args) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode survey = json.createObjectNode().put("command", args[0]);
    ObjectNode architectures = survey.putObject("architectures");
    for (Path folder : list(Path.of(args[2]))) {
      ObjectNode of = architectures.putObject(folder.getFileName().toString());
      of.set("installed", json.valueToTree(lines(folder.resolve("installed"))));
      ObjectNode brings = of.putObject("brings");
      for (Path each : list(folder.resolve("brings"))) {
        brings.set(each.getFileName().toString(), json.valueToTree(lines(each)));
      }
      ObjectNode libraries = of.putObject("libraries");
      for (Path each : list(folder.resolve("packages"))) {
        Map<String, String> found = libraries(each);
        if (!found.isEmpty()) {
          libraries.set(each.getFileName().toString(), json.valueToTree(found));
        }
      }
    }
    Files.writeString(
        Path.of(args[1]), json.writerWithDefaultPrettyPrinter().writeValueAsString(survey) + "\n");
  }

  private static Map<String, String> libraries(Path unpacked) throws IOException {
    Map<String, String> libraries = new TreeMap<>();
    try (Stream<Path> all = Files.walk(unpacked)) {
      for (Path file : all.filter(path -> !Files.isSymbolicLink(path)).sorted().toList()) {
        Path folder = unpacked.relativize(file.getParent());
        if (Files.isRegularFile(file) && folder.toString().matches(SEARCHED)) {
          ElfFile.read(file)
              .filter(elf -> elf.name() != null)
              .ifPresent(
                  elf -> libraries.put(elf.name(), String.join(" ", new TreeSet<>(elf.defined()))));
        }
      }
    }
    return libraries;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).sorted().toList();
  }
}
