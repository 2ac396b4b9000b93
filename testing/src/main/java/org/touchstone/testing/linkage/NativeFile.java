package org.touchstone.testing.linkage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A native library or program within a package.
 *
 * @param where the file or archive that was looked at, and the archives within it
 * @param fileName the last part of its path
 * @param elf what it links against
 */
public record NativeFile(String where, String fileName, ElfFile elf) {
  /** Folders of libraries for other systems whose files are ELF too. */
  private static final Pattern OTHER_SYSTEM =
      Pattern.compile(
          "(?i)(^|/)(freebsd|openbsd|netbsd|dragonfly|sunos|solaris|aix|android)[^/]*/");

  private static final int MAGIC_BYTES = 4;

  /** A function's zip holds jars, and a jar may hold archives once more. */
  private static final int MAX_DEPTH = 3;

  /**
   * Finds all of them for the deployed architectures.
   *
   * @param places folders, archives and files; one that does not exist holds none
   * @throws IOException when one cannot be read, or holds a damaged ELF file
   */
  public static List<NativeFile> in(List<Path> places) throws IOException {
    List<NativeFile> found = new ArrayList<>();
    Path copy = Files.createTempFile("native-", ".bin");
    try {
      for (Path place : places) {
        try (Stream<Path> files = Files.exists(place) ? Files.walk(place) : Stream.of()) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
              add(found, in, name(place), name(file), copy, 0);
            }
          }
        }
      }
    } finally {
      Files.delete(copy);
    }
    return List.copyOf(found);
  }

  private static void add(
      List<NativeFile> found, InputStream in, String where, String fileName, Path copy, int depth)
      throws IOException {
    if (fileName.endsWith(".jar") || fileName.endsWith(".zip")) {
      if (depth == MAX_DEPTH) {
        throw new IOException(where + " holds archives in archives in archives");
      }
      String inside = where.endsWith(fileName) ? where : where + " " + fileName;
      ZipInputStream zip = new ZipInputStream(in);
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        if (!each.isDirectory() && !OTHER_SYSTEM.matcher(each.getName()).find()) {
          InputStream entry = new BufferedInputStream(zip);
          add(found, entry, inside, name(Path.of(each.getName())), copy, depth + 1);
        }
      }
      return;
    }
    in.mark(MAGIC_BYTES);
    if (!ElfFile.is(in.readNBytes(MAGIC_BYTES))) {
      return;
    }
    in.reset();
    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    Optional<ElfFile> elf = ElfFile.read(copy);
    if (elf.isPresent() && elf.get().architecture().isPresent()) {
      found.add(new NativeFile(where, fileName, elf.get()));
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
