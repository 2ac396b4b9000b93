package org.touchstone.testing.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {
  @TempDir Path folder;

  @Test
  void saysWhatAFileLinksAgainst() throws IOException {
    Path file =
        new ElfWriter(ElfWriter.ARM64)
            .named("libours.so.1")
            .needing("libva.so.2")
            .needing("libm.so.6", "GLIBC_2.17", "GLIBC_2.35")
            .liking("libc.so.6", "GLIBC_2.38")
            .writeTo(folder.resolve("file"));

    ElfFile elf = ElfFile.read(file).orElseThrow();

    assertThat(elf.architecture()).contains(Architecture.ARM64);
    assertThat(elf.name()).isEqualTo("libours.so.1");
    assertThat(elf.needed()).containsExactly("libva.so.2", "libm.so.6", "libc.so.6");
    assertThat(elf.versions())
        .containsExactly(
            new ElfFile.Version("libm.so.6", "GLIBC_2.17", false),
            new ElfFile.Version("libm.so.6", "GLIBC_2.35", false),
            new ElfFile.Version("libc.so.6", "GLIBC_2.38", true));
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no native code ".repeat(20));
    assertThat(ElfFile.read(file)).isEmpty();
    assertThat(ElfFile.read(Files.write(file, new byte[] {0x7f, 'E', 'L', 'F'}))).isEmpty();
  }

  @Test
  void aDamagedFileEndsInAnErrorAndNeverInALoop() throws IOException {
    byte[] sound =
        new ElfWriter(ElfWriter.X86_64)
            .named("libours.so.1")
            .needing("libm.so.6", "GLIBC_2.17", "GLIBC_2.35")
            .bytes();
    Path file = folder.resolve("file");
    Random random = new Random(1);
    int readable = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged =
          Arrays.copyOf(sound, i % 3 == 0 ? random.nextInt(sound.length) : sound.length);
      for (int j = 0; damaged.length > 64 && j < 3; j++) {
        damaged[16 + random.nextInt(damaged.length - 16)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        Optional<ElfFile> elf = ElfFile.read(file);
        readable += elf.isPresent() ? 1 : 0;
      } catch (IOException refused) {
        assertThat(refused).hasMessageContaining("damaged");
      }
    }
    assertThat(readable).isPositive();
  }
}
