package org.touchstone.resolver.ytdlp;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.egress.EgressProxy;

/** The command lines of yt-dlp. */
final class YtDlpCommand {
  /** Options for every run: no configuration of the user or the machine, and no cache. */
  private static final List<String> ALWAYS =
      List.of(
          "--ignore-config",
          "--no-cache-dir",
          "--no-warnings",
          "--no-progress",
          "--quiet",
          "--no-playlist",
          "--playlist-end",
          "2",
          "--socket-timeout",
          "20",
          "--retries",
          "2",
          "--fragment-retries",
          "2",
          "--extractor-retries",
          "1",
          "--no-geo-bypass",
          // FFmpeg would connect directly, past the proxy.
          "--downloader",
          "native",
          "--ffmpeg-location",
          "none");

  /** Pages choose the names of formats; only plain names go into an expression. */
  private static final Pattern FORMAT_ID = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

  /**
   * The protocols that yt-dlp downloads itself. For others it calls programs that connect past the
   * proxy, such as rtmpdump. A page may also give another protocol the second time it is asked.
   */
  static final Set<String> SEGMENTED = Set.of("m3u8", "m3u8_native", "http_dash_segments", "ism");

  private YtDlpCommand() {}

  /**
   * Finds the program with a name.
   *
   * @param name a path, or a name to look up on the PATH
   */
  static Optional<Path> find(String name, String searchPath) {
    if (name.indexOf('/') >= 0) {
      return Optional.of(Path.of(name)).filter(YtDlpCommand::isProgram);
    }
    for (String folder :
        searchPath == null ? new String[0] : searchPath.split(File.pathSeparator)) {
      Path program = Path.of(folder.isEmpty() ? "." : folder, name);
      if (isProgram(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  /** The command that describes a link as one JSON document. */
  static List<String> describe(Path program, WebLink link) {
    return command(program, link, List.of("--dump-single-json", "--format", "b*"));
  }

  /** The command that writes one format's bytes to the standard output. */
  static List<String> download(Path program, WebLink link, String formatId) {
    String format =
        "b*[format_id~='^%s$'][protocol~='^(%s)$']"
            .formatted(formatId.replace(".", "\\."), String.join("|", new TreeSet<>(SEGMENTED)));
    return command(program, link, List.of("--format", format, "--output", "-"));
  }

  /** Whether a format can be requested by its name. */
  static boolean canAskFor(String formatId) {
    return formatId != null && FORMAT_ID.matcher(formatId).matches();
  }

  private static List<String> command(Path program, WebLink link, List<String> what) {
    List<String> command = new ArrayList<>();
    command.add(program.toAbsolutePath().toString());
    command.addAll(ALWAYS);
    command.addAll(what);
    // The next argument is not an option, however it begins.
    command.add("--");
    command.add(link.toString());
    return command;
  }

  /**
   * The complete environment of yt-dlp. The proxy's credential is here and not among the arguments,
   * which every user of the machine may read.
   */
  static Map<String, String> environment(Path program, Path folder, EgressProxy proxy) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", folder.toString());
    environment.put("TMPDIR", folder.toString());
    environment.put("PATH", program.toAbsolutePath().getParent() + ":/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("YTDLP_NO_PLUGINS", "1");
    for (String scheme : List.of("http", "https", "ftp", "all")) {
      environment.put(scheme + "_proxy", proxy.address());
    }
    return environment;
  }
}
