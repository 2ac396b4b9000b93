package org.touchstone.testing.linkage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the smallest ELF files that a dynamic linker would read. */
final class ElfWriter {
  static final int X86_64 = 62;
  static final int ARM64 = 183;

  /** Where the single part of the file is loaded, so that addresses are not offsets. */
  private static final long BASE = 0x400000;

  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;

  private final int machine;
  private final List<String> needed = new ArrayList<>();
  private final Map<String, List<String>> versions = new LinkedHashMap<>();
  private final Map<String, Boolean> weak = new LinkedHashMap<>();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private String name;

  ElfWriter(int machine) {
    this.machine = machine;
    strings.write(0);
  }

  ElfWriter named(String soname) {
    name = soname;
    return this;
  }

  ElfWriter needing(String library, String... versionNames) {
    needed.add(library);
    if (versionNames.length > 0) {
      versions.put(library, List.of(versionNames));
    }
    return this;
  }

  /** The same, with versions that it can do without. */
  ElfWriter liking(String library, String version) {
    weak.put(version, true);
    return needing(library, version);
  }

  private int string(String text) {
    int at = strings.size();
    strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    strings.write(0);
    return at;
  }

  byte[] bytes() {
    List<long[]> dynamic = new ArrayList<>();
    needed.forEach(library -> dynamic.add(new long[] {1, string(library)}));
    if (name != null) {
      dynamic.add(new long[] {14, string(name)});
    }
    ByteBuffer needs = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    int last = versions.size() - 1;
    int index = 0;
    for (Map.Entry<String, List<String>> library : versions.entrySet()) {
      int count = library.getValue().size();
      int size = 16 + 16 * count;
      needs.putShort((short) 1).putShort((short) count).putInt(string(library.getKey()));
      needs.putInt(16).putInt(index++ == last ? 0 : size);
      for (int i = 0; i < count; i++) {
        String version = library.getValue().get(i);
        needs.putInt(0).putShort((short) (weak.containsKey(version) ? 2 : 0)).putShort((short) 2);
        needs.putInt(string(version)).putInt(i == count - 1 ? 0 : 16);
      }
    }
    byte[] verneed = new byte[needs.position()];
    needs.flip().get(verneed);
    byte[] text = strings.toByteArray();
    int dynamicAt = HEADER + 2 * PROGRAM_HEADER;
    int dynamicSize = 16 * (dynamic.size() + 4);
    int verneedAt = dynamicAt + dynamicSize;
    int stringsAt = verneedAt + verneed.length;
    dynamic.add(new long[] {5, BASE + stringsAt});
    dynamic.add(new long[] {0x6ffffffeL, BASE + verneedAt});
    dynamic.add(new long[] {0x6fffffffL, versions.size()});
    dynamic.add(new long[] {0, 0});
    int size = stringsAt + text.length;
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 3).putShort((short) machine).putInt(1).putLong(0).putLong(HEADER);
    file.putLong(0).putInt(0).putShort((short) HEADER).putShort((short) PROGRAM_HEADER);
    file.putShort((short) 2).position(HEADER);
    file.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE).putLong(size).putLong(size);
    file.putLong(4096);
    file.putInt(2).putInt(6).putLong(dynamicAt).putLong(BASE + dynamicAt);
    file.putLong(BASE + dynamicAt).putLong(dynamicSize).putLong(dynamicSize).putLong(8);
    dynamic.forEach(entry -> file.putLong(entry[0]).putLong(entry[1]));
    return file.put(verneed).put(text).array();
  }

  Path writeTo(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
