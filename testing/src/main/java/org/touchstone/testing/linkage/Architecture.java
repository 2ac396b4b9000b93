package org.touchstone.testing.linkage;

import java.util.Arrays;
import java.util.Optional;

/** A processor architecture that packages are deployed to. */
public enum Architecture {
  X86_64("amd64", 62),
  ARM64("arm64", 183);

  private final String debian;
  private final int machine;

  Architecture(String debian, int machine) {
    this.debian = debian;
    this.machine = machine;
  }

  /** The name that Debian, Docker and the surveys of base images use. */
  public String debian() {
    return debian;
  }

  /** The architecture with this number in ELF files, such as 62 for {@code EM_X86_64}. */
  static Optional<Architecture> ofMachine(int machine) {
    return Arrays.stream(values()).filter(each -> each.machine == machine).findFirst();
  }
}
