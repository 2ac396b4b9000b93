package org.touchstone.testing.linkage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a 64-bit ELF file says to the dynamic linker
 * (https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html).
 *
 * @param architecture the processor it is for; empty for one that nothing is deployed to
 * @param name the name that others link it by; null where it has none, as programs have
 * @param needed the names of the libraries that it links against
 * @param versions the symbol versions that it needs
 * @param defined the names of the symbol versions that it offers
 */
public record ElfFile(
    Optional<Architecture> architecture,
    String name,
    List<String> needed,
    List<Version> versions,
    Set<String> defined) {
  private static final int MAGIC = 0x7f454c46;
  private static final int CLASS_64 = 2;
  private static final int LITTLE_ENDIAN = 1;

  /** The base version that every library defines: its own name. */
  private static final int VERSION_FLAG_BASE = 1;

  private static final int VERSION_FLAG_WEAK = 2;

  /** No real file has so many of anything; a loop in a damaged file ends there. */
  private static final int MAX_ENTRIES = 20_000;

  private static final int MAX_NAME = 4096;

  /**
   * A version of a library's symbols that a file needs.
   *
   * @param library the name of the library
   * @param name the name of the version, such as {@code GLIBC_2.35}
   * @param weak whether the file also works without it
   */
  public record Version(String library, String name, boolean weak) {}

  public ElfFile {
    needed = List.copyOf(needed);
    versions = List.copyOf(versions);
    defined = Set.copyOf(defined);
  }

  /** Whether these first bytes of a file are those of an ELF file. */
  static boolean is(byte[] start) {
    return start.length >= Integer.BYTES && ByteBuffer.wrap(start).getInt() == MAGIC;
  }

  /**
   * Reads a file; empty when it is not a 64-bit little-endian ELF file.
   *
   * @throws IOException when it cannot be read, or is a damaged ELF file
   */
  public static Optional<ElfFile> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException(file.getFileName() + " is larger than 2 GiB");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      if (bytes.limit() < 64
          || bytes.getInt(0) != MAGIC
          || bytes.get(4) != CLASS_64
          || bytes.get(5) != LITTLE_ENDIAN) {
        return Optional.empty();
      }
      return Optional.of(new Reader(bytes.order(ByteOrder.LITTLE_ENDIAN)).read());
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException(file.getFileName() + " is a damaged ELF file", e);
    }
  }

  /** Reads by program headers, as the dynamic linker does: sections may be stripped. */
  private static final class Reader {
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int DYNAMIC_ENTRY = 16;

    private static final long TAG_NEEDED = 1;
    private static final long TAG_STRINGS = 5;
    private static final long TAG_NAME = 14;
    private static final long TAG_DEFINED = 0x6ffffffcL;
    private static final long TAG_DEFINED_COUNT = 0x6ffffffdL;
    private static final long TAG_VERSIONS = 0x6ffffffeL;
    private static final long TAG_VERSIONS_COUNT = 0x6fffffffL;

    private final ByteBuffer file;
    private final List<long[]> loaded = new ArrayList<>();
    private int strings;

    private Reader(ByteBuffer file) {
      this.file = file;
    }

    private ElfFile read() {
      Optional<Architecture> architecture =
          Architecture.ofMachine(Short.toUnsignedInt(file.getShort(18)));
      int dynamic = -1;
      int headers = offset(file.getLong(32));
      int size = Short.toUnsignedInt(file.getShort(54));
      int count = Short.toUnsignedInt(file.getShort(56));
      for (int i = 0; i < count; i++) {
        int header = headers + i * size;
        int type = file.getInt(header);
        if (type == LOAD) {
          loaded.add(
              new long[] {
                file.getLong(header + 16), file.getLong(header + 32), file.getLong(header + 8)
              });
        } else if (type == DYNAMIC) {
          dynamic = offset(file.getLong(header + 8));
        }
      }
      return dynamic < 0
          ? new ElfFile(architecture, null, List.of(), List.of(), Set.of())
          : dynamic(architecture, dynamic);
    }

    private ElfFile dynamic(Optional<Architecture> architecture, int at) {
      strings = place(value(at, TAG_STRINGS));
      List<String> needed = new ArrayList<>();
      String name = null;
      for (int i = 0; i < MAX_ENTRIES && file.getLong(at + i * DYNAMIC_ENTRY) != 0; i++) {
        long tag = file.getLong(at + i * DYNAMIC_ENTRY);
        long value = file.getLong(at + i * DYNAMIC_ENTRY + 8);
        if (tag == TAG_NEEDED) {
          needed.add(string(value));
        } else if (tag == TAG_NAME) {
          name = string(value);
        }
      }
      return new ElfFile(architecture, name, needed, versions(at), defined(at));
    }

    private List<Version> versions(int dynamic) {
      List<Version> versions = new ArrayList<>();
      long libraries = value(dynamic, TAG_VERSIONS_COUNT);
      int at = libraries == 0 ? 0 : place(value(dynamic, TAG_VERSIONS));
      for (long i = 0; i < libraries; i++) {
        int count = Short.toUnsignedInt(file.getShort(at + 2));
        String library = string(file.getInt(at + 4));
        int version = at + file.getInt(at + 8);
        for (int j = 0; j < count; j++) {
          boolean weak = (file.getShort(version + 4) & VERSION_FLAG_WEAK) != 0;
          versions.add(new Version(library, string(file.getInt(version + 8)), weak));
          version += file.getInt(version + 12);
          bound(versions.size());
        }
        at += file.getInt(at + 12);
        bound(i);
      }
      return versions;
    }

    private Set<String> defined(int dynamic) {
      Set<String> defined = new LinkedHashSet<>();
      long count = value(dynamic, TAG_DEFINED_COUNT);
      int at = count == 0 ? 0 : place(value(dynamic, TAG_DEFINED));
      for (long i = 0; i < count; i++) {
        if ((file.getShort(at + 2) & VERSION_FLAG_BASE) == 0) {
          defined.add(string(file.getInt(at + file.getInt(at + 12))));
        }
        at += file.getInt(at + 16);
        bound(i);
      }
      return defined;
    }

    /** The first value with this tag; 0 where there is none. */
    private long value(int dynamic, long tag) {
      for (int i = 0; i < MAX_ENTRIES && file.getLong(dynamic + i * DYNAMIC_ENTRY) != 0; i++) {
        if (file.getLong(dynamic + i * DYNAMIC_ENTRY) == tag) {
          return file.getLong(dynamic + i * DYNAMIC_ENTRY + 8);
        }
      }
      return 0;
    }

    /** Where in the file a virtual address is. */
    private int place(long address) {
      for (long[] part : loaded) {
        if (address >= part[0] && address < part[0] + part[1]) {
          return offset(address - part[0] + part[2]);
        }
      }
      throw new IllegalArgumentException("an address lies outside of the file");
    }

    private String string(long at) {
      int start = offset(strings + at);
      int end = start;
      while (file.get(end) != 0) {
        end++;
        if (end - start > MAX_NAME) {
          throw new IllegalArgumentException("a name without an end");
        }
      }
      byte[] name = new byte[end - start];
      file.get(start, name);
      return new String(name, StandardCharsets.UTF_8);
    }

    private static int offset(long offset) {
      if (offset < 0 || offset > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("an offset lies outside of the file");
      }
      return (int) offset;
    }

    private static void bound(long count) {
      if (count > MAX_ENTRIES) {
        throw new IllegalArgumentException("more entries than a file can have");
      }
    }
  }
}
