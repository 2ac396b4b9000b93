package org.touchstone.resolver.ytdlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.GuardedConnector;

/** Tests the limits on a program in yt-dlp's place, which may do anything. */
class YtDlpTest {
  private static final WebLink LINK = WebLink.parse("https://video.example.org/w?v=1&x='$(id)'");

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path programs;
  @TempDir Path workFolder;

  private final GuardedConnector connector = new GuardedConnector(FetchPolicy.DEFAULT);

  @AfterEach
  void close() throws IOException {
    connector.close();
    try (Stream<Path> left = Files.list(workFolder)) {
      assertThat(left).as("what is left in the work folder").isEmpty();
    }
  }

  private YtDlp ytDlp(Path program, Duration time) {
    return YtDlp.of(
        program.toString(), connector, new YtDlp.Limits(time, time, 1 << 20), workFolder);
  }

  private YtDlp ytDlp(String body) throws IOException {
    return ytDlp(FakeYtDlp.script(programs, body), Duration.ofSeconds(30));
  }

  private static Problem problem(YtDlp ytDlp) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> ytDlp.describe(LINK));
    assertThat(e).as("a problem").isNotNull();
    return e.problem();
  }

  /** The process information that a program prints about itself. */
  private List<String> printed(String body) throws IOException {
    try (InputStream in = ytDlp(body).download(LINK, "f.1", LONG)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @Test
  void saysThatItIsMissing() {
    Problem problem = problem(ytDlp(programs.resolve("nothing"), Duration.ofSeconds(5)));

    assertThat(problem.type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(problem.detail()).contains("yt-dlp", "not installed");
  }

  @Test
  void tellsAProgramThatCannotRunFromOneThatFindsNothing() throws IOException {
    Path broken = FakeYtDlp.script(programs, "");
    Files.writeString(broken, "#!/nowhere/python3\n");

    assertThatThrownBy(() -> ytDlp(broken, Duration.ofSeconds(30)).describe(LINK))
        .isInstanceOf(EnvironmentFault.class)
        .hasMessageContaining("does not run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERROR: unable to write data: [Errno 28] No space left on device | DISK",
        "ERROR: [Errno 12] Cannot allocate memory | MEMORY",
        "MemoryError | MEMORY",
        "ModuleNotFoundError: No module named yt_dlp | PROGRAM"
      })
  void aMachineThatLacksSomethingIsAtFaultItself(String error, EnvironmentFault.Kind kind)
      throws IOException {
    YtDlp failing = ytDlp(FakeYtDlp.failing(programs, error), Duration.ofSeconds(30));

    assertThatThrownBy(() -> failing.describe(LINK))
        .isInstanceOfSatisfying(
            EnvironmentFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  @Test
  void isLookedForOnThePath() throws IOException {
    Path program = FakeYtDlp.script(programs, "");
    Files.writeString(workFolder.resolve("yt-dlp"), "no program");

    assertThat(YtDlpCommand.find("yt-dlp", workFolder + ":" + programs)).contains(program);
    assertThat(YtDlpCommand.find("yt-dlp", workFolder.toString())).isEqualTo(Optional.empty());
    assertThat(YtDlpCommand.find("yt-dlp", null)).isEmpty();
    Files.delete(workFolder.resolve("yt-dlp"));
  }

  @Test
  void givesTheLinkAsOneArgumentThatIsNoOption() throws IOException {
    List<String> arguments = printed("for a in \"$@\"; do echo \"$a\"; done");

    assertThat(arguments).endsWith("--", LINK.toString());
    assertThat(arguments.getFirst()).isEqualTo("--ignore-config");
    assertThat(arguments)
        .containsSubsequence(
            "--format",
            "b*[format_id~='^f\\.1$'][protocol~='^(http_dash_segments|ism|m3u8|m3u8_native)$']");
    assertThat(arguments).doesNotContain("--proxy");
    assertThat(String.join(" ", arguments)).doesNotContain("127.0.0.1");
  }

  @Test
  void showsNothingOfItsSurroundings() throws IOException {
    List<String> environment = printed("exec env");
    List<String> folder = printed("pwd; ls -A; exec stat -c %a .");

    assertThat(environment)
        .extracting(line -> line.split("=", 2)[0])
        .contains("HOME", "http_proxy", "https_proxy", "all_proxy")
        .doesNotContain("JAVA_HOME", "USER", "AWS_ACCESS_KEY_ID", "no_proxy")
        .isSubsetOf(
            "HOME",
            "TMPDIR",
            "PATH",
            "LANG",
            "PYTHONNOUSERSITE",
            "PYTHONDONTWRITEBYTECODE",
            "YTDLP_NO_PLUGINS",
            "http_proxy",
            "https_proxy",
            "ftp_proxy",
            "all_proxy",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_");
    assertThat(folder).hasSize(2).last().isEqualTo("700");
    assertThat(Path.of(folder.getFirst()).getParent()).isEqualTo(workFolder.toRealPath());
  }

  @Test
  void gettingNoJsonIsAProblem() throws IOException {
    for (String text : List.of("", "[]", "{", "null", "<html>", "{\"a\":".repeat(5000))) {
      assertThat(problem(ytDlp(FakeYtDlp.printing(programs, text), Duration.ofSeconds(30))).type())
          .as(text)
          .isEqualTo(ProblemType.PLATFORM_CHANGED);
    }
  }

  @Test
  void stopsReadingWhatHasNoEnd() throws IOException {
    assertThat(problem(ytDlp("exec yes")).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
    assertThat(problem(ytDlp("yes >&2 & sleep 0.2; kill $!; exit 1")).type())
        .isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void endsWhatHangs() throws IOException {
    Path program = FakeYtDlp.script(programs, "trap '' TERM INT HUP; while :; do sleep 1; done");

    assertThat(problem(ytDlp(program, Duration.ofMillis(300))).type())
        .isEqualTo(ProblemType.FETCH_TIMEOUT);
  }

  @Test
  void endsChildrenWithTheirParent() throws IOException {
    // One that is still a child, one that left its session, one whose parent is gone.
    Path program =
        FakeYtDlp.script(
            programs,
            """
            sleep 601 &
            setsid sleep 602 &
            (setsid sh -c 'sleep 603 & sleep 604' &)
            env -i sleep 605 &
            while :; do sleep 1; done
            """);

    assertThat(problem(ytDlp(program, Duration.ofMillis(500))).type())
        .isEqualTo(ProblemType.FETCH_TIMEOUT);

    assertThat(sleepers()).isEmpty();
  }

  @Test
  void endsChildrenThatOutliveTheirParent() throws IOException {
    Path program =
        FakeYtDlp.script(programs, "(setsid sleep 606 &); sleep 607 & echo '{\"id\":\"1\"}'");

    assertThat(ytDlp(program, Duration.ofSeconds(30)).describe(LINK).path("id").asText())
        .isEqualTo("1");

    assertThat(sleepers()).isEmpty();
  }

  private static List<String> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.matches(".*sleep 60[1-7]"))
        .toList();
  }

  @Test
  void bringsBytes() throws IOException {
    YtDlp ytDlp = ytDlp("printf 'bytes'");

    try (InputStream in = ytDlp.download(LINK, "1", LONG)) {
      assertThat(in.readAllBytes()).isEqualTo("bytes".getBytes(UTF_8));
    }
  }

  @Test
  void failsAtTheEndOfABrokenDownload() throws IOException {
    YtDlp ytDlp = ytDlp("printf 'bytes'; echo 'ERROR: HTTP Error 404: Not Found' >&2; exit 1");

    try (InputStream in = ytDlp.download(LINK, "1", LONG)) {
      ProblemException e = catchThrowableOfType(ProblemException.class, in::readAllBytes);
      assertThat(e.problem().type()).isEqualTo(ProblemType.POST_DELETED);
    }
  }

  @Test
  void endsADownloadThatNobodyReadsOn() throws IOException {
    try (InputStream in = ytDlp("sleep 601 & exec yes").download(LINK, "1", LONG)) {
      assertThat(in.read()).isEqualTo('y');
    }
    assertThat(sleepers()).isEmpty();
  }

  @Test
  void leavesNothingBehindAndTouchesNothingThatLinksPointTo() throws IOException {
    Path precious = Files.writeString(programs.resolve("precious"), "kept");
    ytDlp(
            "mkdir -p a/b; echo x > a/b/c; ln -s '%s' l; ln -s '%s' f; echo '{}'"
                .formatted(precious, programs))
        .describe(LINK);

    assertThat(precious).hasContent("kept");
  }

  @Test
  void boundsTheFilesThatItWrites() throws IOException {
    List<String> sizes =
        printed("head -c 3000000 /dev/zero > big 2>/dev/null; exec stat -c %s big");

    assertThat(Long.parseLong(sizes.getFirst())).isLessThanOrEqualTo((1 << 20) + 512);
  }

  @Test
  void boundsTheMemoryThatItTakes() throws IOException {
    assertThat(Long.parseLong(printed("ulimit -v").getFirst())).isLessThanOrEqualTo(1536L << 10);
  }

  @Test
  void endsADownloadWhenItsOwnersTimeIsOver() throws IOException {
    Path program = FakeYtDlp.script(programs, "while :; do sleep 1; done");

    try (InputStream in = ytDlp(program, LONG).download(LINK, "1", Duration.ofMillis(300))) {
      ProblemException e = catchThrowableOfType(ProblemException.class, in::readAllBytes);
      assertThat(e.problem().type()).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void whatItSaysOfAVideoCountsMoreThanAConnectionThatFailedOnTheWay() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    String unreachable = "curl -s -o /dev/null http://nobody.invalid/; ";

    assertThat(problem(ytDlp(unreachable + "echo 'ERROR: Private video' >&2; exit 1")).type())
        .isEqualTo(ProblemType.POST_PRIVATE);
    assertThat(problem(ytDlp(unreachable + "echo 'ERROR: No' >&2; exit 1")).type())
        .isEqualTo(ProblemType.FETCH_UNREACHABLE);
  }

  @Test
  void tellsWhatItsProxyRefused() throws IOException {
    Path program =
        FakeYtDlp.script(
            programs,
            """
            exec 3<>/dev/null
            echo "ERROR: [generic] 1: Unable to download webpage" >&2
            curl -s -o /dev/null http://169.254.169.254/latest/meta-data || exit 1
            exit 1
            """);
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");

    assertThat(problem(ytDlp(program, Duration.ofSeconds(30))).type())
        .isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @Test
  void doesNotLetItReachYouTube() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");

    assertThat(problem(ytDlp("curl -s https://www.youtube.com/watch?v=1; exit 1")).type())
        .isEqualTo(ProblemType.PLATFORM_EXCLUDED);
  }
}
