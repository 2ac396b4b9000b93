package org.touchstone.emulators.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The classes and other files of one part of a package. */
final class ClassScan {
  private static final Pattern CLASS_FILE =
      Pattern.compile("(?:META-INF/versions/(\\d+)/)?((?!META-INF/).*)\\.class");

  private final Map<String, ClassNode> classes = new TreeMap<>();
  private final Map<String, byte[]> resources = new TreeMap<>();
  private boolean parse = true;

  /**
   * Touchstone's own part of an unpacked package: the function's module and the modules it uses.
   */
  static ClassScan ours(FunctionPackage function) {
    ClassScan scan = new ClassScan();
    scan.addFolder(function.folder());
    jars(function, "org.touchstone.").forEach(scan::addJar);
    return scan;
  }

  /** The libraries whose file names begin with one of these prefixes. */
  static ClassScan libraries(FunctionPackage function, String... prefixes) {
    ClassScan scan = new ClassScan();
    Stream.of(prefixes).flatMap(p -> jars(function, p).stream()).forEach(scan::addJar);
    return scan;
  }

  /** All class files of a package as Java {@code release} sees them, by internal name. */
  static Map<String, byte[]> classFiles(FunctionPackage function, int release) {
    ClassScan scan = new ClassScan();
    scan.parse = false;
    scan.addFolder(function.folder());
    jars(function, "").forEach(scan::addJar);
    Map<String, byte[]> files = new HashMap<>();
    Map<String, Integer> versions = new HashMap<>();
    scan.resources.forEach(
        (path, content) -> {
          Matcher file = CLASS_FILE.matcher(path);
          if (file.matches()) {
            int version = file.group(1) == null ? 0 : Integer.parseInt(file.group(1));
            if (version <= release && version >= versions.getOrDefault(file.group(2), 0)) {
              versions.put(file.group(2), version);
              files.put(file.group(2), content);
            }
          }
        });
    return files;
  }

  private static List<Path> jars(FunctionPackage function, String prefix) {
    try (Stream<Path> files = Files.list(function.folder().resolve("lib"))) {
      return files.filter(f -> f.getFileName().toString().startsWith(prefix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addFolder(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith("lib/")) {
          add(name, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addJar(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (var entry : file.stream().filter(e -> !e.isDirectory()).toList()) {
        try (var in = file.getInputStream(entry)) {
          add(entry.getName(), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name, byte[] content) {
    if (!parse || !name.endsWith(".class")) {
      resources.put(name, content);
    } else if (!name.startsWith("META-INF/versions/") && !name.endsWith("module-info.class")) {
      ClassNode node = new ClassNode();
      new ClassReader(content).accept(node, 0);
      classes.put(node.name, node);
    }
  }

  /** Classes by internal name. */
  Map<String, ClassNode> classes() {
    return classes;
  }

  /** Other files by path. */
  Map<String, byte[]> resources() {
    return resources;
  }
}
