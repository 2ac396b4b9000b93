package org.touchstone.resolver.ytdlp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A shell script that stands in for yt-dlp and runs the given body. */
final class FakeYtDlp {
  private FakeYtDlp() {}

  static Path script(Path folder, String body) throws IOException {
    Path script = folder.resolve("yt-dlp");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  /** Prints this to the standard output. */
  static Path printing(Path folder, String text) throws IOException {
    return script(folder, "cat <<'END_OF_TEXT'\n" + text + "\nEND_OF_TEXT");
  }

  /** Fails with this error message. */
  static Path failing(Path folder, String error) throws IOException {
    return script(folder, "echo '" + error + "' >&2; exit 1");
  }
}
