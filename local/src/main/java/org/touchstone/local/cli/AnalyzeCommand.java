package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.ThirdParties;
import org.touchstone.local.stack.FolderTurn;
import org.touchstone.local.stack.LocalStack;
import org.touchstone.local.stack.RunningStack;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code analyze}: files and links in, verdicts out. */
@Command(
    name = "analyze",
    description = "Analyses files or links and prints a verdict on each.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone analyze photo.jpg",
      "  ./touchstone analyze --json https://x.com/jack/status/20"
    })
final class AnalyzeCommand implements Callable<Integer> {
  /** At most this many inputs are analysed at once: each may hold a decoded video. */
  private static final int CONCURRENT_INPUTS = 2;

  @Spec private CommandSpec spec;
  @Mixin private StackMixin stack;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE_OR_URL",
      description = "An image, video or audio file, or an http(s) link to one.")
  private List<String> inputs;

  @Option(names = "--json", description = "Print one JSON document per input.")
  private boolean json;

  @Option(
      names = "--force",
      description = "Run every detector, even on media that were analysed before.")
  private boolean force;

  @Option(
      names = "--no-third-parties",
      description =
          "Ask no voter and no judge of another organisation, even if some are configured.")
  private boolean noThirdParties;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description =
          "The language that is spoken, such as de or pt-BR. Without it the speech recogniser"
              + " finds out.")
  private String language;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "Give up on an input after this long (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Override
  public Integer call() {
    if (timeoutSeconds < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--timeout must be at least 1 second");
    }
    if (language != null && LanguageTag.canonical(language).isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--language must be a BCP 47 tag, such as de or pt-BR");
    }
    stack.tellFirstUse(spec.commandLine().getErr());
    try (LocalStack local = FolderTurn.start(stack.options(), stack.teller(spec))) {
      return local.run(this::analyse);
    }
  }

  private int analyse(RunningStack session) {
    int exitCode = ExitCode.ANALYSED;
    try (ExecutorService executor = Executors.newFixedThreadPool(CONCURRENT_INPUTS);
        StageProgress progress = StageProgress.of(inputs.size())) {
      InputAnalysis analysis =
          new InputAnalysis(session, options(), Duration.ofSeconds(timeoutSeconds), progress);
      List<Future<AnalysisResult>> results = new ArrayList<>();
      for (String input : inputs) {
        results.add(executor.submit(() -> analysis.of(input)));
      }
      for (Future<AnalysisResult> result : results) {
        AnalysisResult done = result.get();
        progress.pause(() -> print(done));
        exitCode = Math.max(exitCode, done.exitCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.ANALYSIS_FAILED;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
    return exitCode;
  }

  private JobOptions options() {
    return new JobOptions(force, noThirdParties ? ThirdParties.NONE : null, language);
  }

  private void print(AnalysisResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.string(result) : new ResultTable(Ansi.AUTO).render(result));
    out.flush();
  }
}
