package org.touchstone.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.judge.LanguageModelJudge;
import org.touchstone.judge.chat.Chat;
import org.touchstone.judge.chat.Chats;
import org.touchstone.judge.prompt.Prompt;
import org.touchstone.judge.prompt.Prompts;
import org.touchstone.judge.score.Interval;
import org.touchstone.judge.score.LabelledTranscript;
import org.touchstone.judge.score.PromptScore;
import org.touchstone.judge.score.Scoring;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.local.stack.JudgeFile;
import org.touchstone.local.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code judge score}: how well a version of the prompt judges labelled transcripts. */
@Command(
    name = "score",
    description = {
      "Scores a version of the judge's prompt on labelled transcripts.",
      "Prints the share of right labels, the area under the curve and the Brier score, each with"
          + " its 95 % interval. Every transcript is one question to the judge and costs what the"
          + " judge costs; with --answers a run that was stopped goes on where it was."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone judge score --labelled transcripts.csv --answers answers.jsonl"})
final class JudgeScoreCommand implements Callable<Integer> {
  private static final int STEPS = 20;
  private static final int MICROS = 6;

  @Spec private CommandSpec spec;

  @Option(
      names = "--judge",
      paramLabel = "FILE",
      description =
          "The judge, described in docs/audio.md (default: judge.yaml in $TOUCHSTONE_HOME or"
              + " ~/.touchstone).")
  private Path judge;

  @Option(
      names = "--labelled",
      paramLabel = "FILE",
      required = true,
      description =
          "CSV file whose first row names its columns: id, label (real or fake), transcript, and"
              + " optionally language, platform, author, postedAt, text.")
  private Path labelled;

  @Option(
      names = "--prompt",
      paramLabel = "VERSION",
      description = "A bundled version, or a .json file of one (default: the judge's).")
  private String prompt;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "Keep the answers in this file, and use those that it has.")
  private Path answers;

  @Option(
      names = "--max-usd",
      paramLabel = "AMOUNT",
      defaultValue = "10",
      description =
          "Stop when this run has cost so much, by the judge's prices (default:"
              + " ${DEFAULT-VALUE}).")
  private BigDecimal maxUsd;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    JudgeSettings settings =
        JudgeFile.read(judge == null ? StackMixin.home().resolve("judge.yaml") : judge);
    Prompt version = prompt(settings);
    List<LabelledTranscript> transcripts = transcripts();
    PrintWriter err = spec.commandLine().getErr();
    try (Chat chat =
        Chats.open(
            settings, JudgeFile.secrets(StackMixin.judgeSecrets()), InstantSource.system())) {
      PromptScore score =
          new Scoring(
                  new LanguageModelJudge(settings, version, chat),
                  version,
                  settings.price(),
                  maxUsd.movePointRight(MICROS).longValue())
              .run(transcripts, answers, done -> tell(err, done, transcripts.size()));
      print(score);
      return ExitCode.ANALYSED;
    } catch (Scoring.TooExpensiveException e) {
      err.println(
          e.getMessage() + (answers == null ? "" : " Another run with --answers goes on there."));
      err.flush();
      return ExitCode.ANALYSIS_FAILED;
    } catch (IOException e) {
      throw new StackException("The file of answers cannot be used: " + answers, e);
    }
  }

  private Prompt prompt(JudgeSettings settings) {
    String wanted = prompt == null ? settings.prompt() : prompt;
    if (!wanted.endsWith(".json")) {
      return Prompts.bundled(wanted)
          .orElseThrow(
              () ->
                  new CommandLine.ParameterException(
                      spec.commandLine(),
                      "--prompt must be one of "
                          + String.join(", ", Prompts.VERSIONS)
                          + ", or a .json file"));
    }
    try (InputStream in = Files.newInputStream(StackMixin.resolve(wanted))) {
      return Prompts.read(in);
    } catch (IllegalArgumentException e) {
      throw new StackException(wanted + ": " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new StackException("The prompt cannot be read: " + wanted, e);
    }
  }

  private List<LabelledTranscript> transcripts() {
    try {
      return LabelledTranscript.read(labelled);
    } catch (IllegalArgumentException e) {
      throw new StackException(labelled + ": " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new StackException("The labelled transcripts cannot be read: " + labelled, e);
    }
  }

  /** A line for every twentieth of the work. */
  private static void tell(PrintWriter err, int done, int all) {
    if (done == all || done * STEPS / all > (done - 1) * STEPS / all) {
      err.println("Judged " + done + " of " + all + " transcripts");
      err.flush();
    }
  }

  private void print(PromptScore score) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.string(score));
    } else {
      out.println(score.version());
      out.printf(
          Locale.ROOT,
          "  %d transcripts, %d of them fake; %d without a usable answer, %d undecided%n",
          score.transcripts(),
          score.fakes(),
          score.withoutOpinion(),
          score.undecided());
      line(out, "Right labels", score.accuracy());
      line(out, "Area under the curve", score.areaUnderCurve());
      line(out, "Brier score", score.brier());
      out.printf(Locale.ROOT, "  Cost                  %.4f USD%n", score.usd());
    }
    out.flush();
  }

  private static void line(PrintWriter out, String name, Interval interval) {
    out.printf(
        Locale.ROOT,
        "  %-21s %s%n",
        name,
        interval.value() == null
            ? "cannot be computed"
            : "%.3f (95 %%: %.3f to %.3f)"
                .formatted(interval.value(), interval.low(), interval.high()));
  }
}
