package org.touchstone.testing.linkage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what native files link against with what the system that they are deployed to offers.
 * The dynamic linker makes the same comparison when they are loaded, and fails.
 */
public final class Linkage {
  /**
   * Starts of the names of files of the endpoint that nothing there loads: they open windows on a
   * screen, and capture from cameras and screens.
   */
  public static final Set<String> UNUSED_BY_ENDPOINT =
      Set.of("libopencv_highgui.so", "libavdevice.so");

  /** A variant of a library for Alpine Linux, which lies beside the one for other systems. */
  private static final String FOR_ALPINE = ".linux_musl-";

  /** Names that JavaCPP gives to a library that is there under another, when it unpacks it. */
  private static final Map<String, String> ALIASES =
      Map.of("libopenblas_nolapack.so.0", "libopenblas.so.0");

  private final BaseSystem base;
  private final Collection<String> packages;
  private final Set<String> unused;

  /**
   * A system with packages.
   *
   * @param packages the packages that are installed in addition to the system's own
   * @param unused starts of the names of files that are never loaded
   */
  public Linkage(BaseSystem base, Collection<String> packages, Set<String> unused) {
    this.unused = Set.copyOf(unused);
    this.base = base;
    this.packages = List.copyOf(packages);
  }

  /**
   * What native files lack there. Those of different architectures are compared separately.
   *
   * @param files all native files of a package; they find one another
   * @throws IllegalArgumentException when a package is not known
   * @return a sentence for each library or symbol version that is missing
   */
  public List<String> missing(List<NativeFile> files) {
    List<String> missing = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      List<NativeFile> own =
          files.stream()
              .filter(file -> file.elf().architecture().orElseThrow() == architecture)
              .toList();
      if (!own.isEmpty()) {
        Map<String, Set<String>> offered = offered(architecture, own);
        own.stream()
            .filter(file -> isLoaded(file.fileName()))
            .forEach(file -> compare(file, offered, missing));
      }
    }
    return List.copyOf(missing);
  }

  /** The libraries that files find, with their symbol versions; null where these are not known. */
  private Map<String, Set<String>> offered(Architecture architecture, List<NativeFile> files) {
    Map<String, Set<String>> offered = new HashMap<>();
    for (NativeFile file : files) {
      offered.put(file.fileName(), file.elf().defined());
      if (file.elf().name() != null) {
        offered.put(file.elf().name(), file.elf().defined());
      }
    }
    ALIASES.forEach(
        (alias, library) -> offered.computeIfAbsent(alias, key -> offered.get(library)));
    // The system's own come last and win: a process loads only one of the same name, and the
    // system's libraries, such as libgcc, are loaded before any that is unpacked.
    offered.putAll(base.libraries(architecture, packages));
    return offered;
  }

  private boolean isLoaded(String fileName) {
    return !fileName.contains(FOR_ALPINE) && unused.stream().noneMatch(fileName::startsWith);
  }

  private static void compare(
      NativeFile file, Map<String, Set<String>> offered, List<String> missing) {
    String name = file.where() + ": " + file.fileName();
    for (String library : file.elf().needed()) {
      if (!offered.containsKey(library)) {
        missing.add(name + " needs " + library + ", which is not there");
      }
    }
    Map<String, List<String>> lacking = new TreeMap<>();
    for (ElfFile.Version version : file.elf().versions()) {
      Set<String> known = offered.get(version.library());
      if (known != null && !version.weak() && !known.contains(version.name())) {
        lacking.computeIfAbsent(version.library(), key -> new ArrayList<>()).add(version.name());
      }
    }
    lacking.forEach(
        (library, versions) ->
            missing.add(
                "%s needs %s of %s, which is older there"
                    .formatted(name, String.join(", ", versions), library)));
  }
}
