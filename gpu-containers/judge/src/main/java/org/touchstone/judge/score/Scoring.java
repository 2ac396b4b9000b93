package org.touchstone.judge.score;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.touchstone.domain.Json;
import org.touchstone.domain.files.Sha256;
import org.touchstone.judge.Judge;
import org.touchstone.judge.NoOpinionException;
import org.touchstone.judge.Opinion;
import org.touchstone.judge.cost.Price;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Prompt;

/**
 * Puts labelled transcripts to a judge. Answers are kept in a file, a line each, so that a scoring
 * that was stopped goes on where it was; a question that failed is put again.
 */
public final class Scoring {
  private static final int MAX_ANSWERS = 64 << 20;

  private final Judge judge;
  private final Prompt prompt;
  private final Price price;
  private final long maxUsdMicros;

  /**
   * @param maxUsdMicros the most that this run may cost, in millionths of a US dollar; the question
   *     that reaches it is the last
   */
  public Scoring(Judge judge, Prompt prompt, Price price, long maxUsdMicros) {
    this.judge = judge;
    this.prompt = prompt;
    this.price = price;
    this.maxUsdMicros = maxUsdMicros;
  }

  /** The run would cost more than it may. The answers so far are kept. */
  public static final class TooExpensiveException extends Exception {
    private static final long serialVersionUID = 1;

    TooExpensiveException(int done) {
      super("The limit of cost is reached after " + done + " transcripts.");
    }
  }

  /**
   * Judges all of them.
   *
   * @param answers the file of answers; null to keep none
   * @param progress told how many are done
   * @throws TooExpensiveException when the limit of cost is reached before the last one
   * @throws IOException when the file of answers cannot be read or written
   */
  public PromptScore run(List<LabelledTranscript> transcripts, Path answers, IntConsumer progress)
      throws TooExpensiveException, IOException {
    Map<String, Judged> known = known(answers);
    List<Judged> judged = new ArrayList<>();
    long spent = 0;
    try (BufferedWriter out = answers == null ? null : appending(answers)) {
      for (LabelledTranscript each : transcripts) {
        String question = digest(each);
        Judged before = known.get(question);
        if (before == null || !before.hasOpinion()) {
          if (spent >= maxUsdMicros) {
            throw new TooExpensiveException(judged.size());
          }
          before = ask(each, question);
          spent += before.usdMicros();
          if (out != null) {
            out.write(Json.string(before));
            out.write('\n');
            out.flush();
          }
        }
        judged.add(before);
        progress.accept(judged.size());
      }
    }
    return PromptScore.of(judge.version(), transcripts, judged);
  }

  private Judged ask(LabelledTranscript each, String question) {
    try {
      Opinion opinion = judge.judge(each.question());
      return new Judged(
          each.id(),
          question,
          opinion.label(),
          opinion.probability(),
          null,
          cost(each, opinion.usage()));
    } catch (NoOpinionException e) {
      return new Judged(each.id(), question, null, null, e.getMessage(), cost(each, e.usage()));
    }
  }

  /** What it took; the most that it can have taken where the server does not say it. */
  private long cost(LabelledTranscript each, Usage usage) {
    return usage == null || !usage.isComplete()
        ? price.usdMicros(judge.most(each.question()))
        : price.usdMicros(usage);
  }

  /** Names everything that an answer depends on. */
  private String digest(LabelledTranscript each) {
    MessageDigest digest = Sha256.digest();
    digest.update(judge.version().getBytes(StandardCharsets.UTF_8));
    digest.update(Json.bytes(prompt));
    digest.update(Json.bytes(each));
    return Sha256.hex(digest);
  }

  private static BufferedWriter appending(Path answers) throws IOException {
    return Files.newBufferedWriter(
        answers, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Earlier answers; a last line that was cut off is left out. */
  private static Map<String, Judged> known(Path answers) throws IOException {
    Map<String, Judged> known = new HashMap<>();
    if (answers == null || !Files.exists(answers)) {
      return known;
    }
    if (Files.size(answers) > MAX_ANSWERS) {
      throw new IOException("the file of answers has more than " + MAX_ANSWERS + " bytes");
    }
    for (String line : Files.readAllLines(answers, StandardCharsets.UTF_8)) {
      try {
        Judged one = Json.read(line.getBytes(StandardCharsets.UTF_8), Judged.class);
        if (one != null && one.question() != null) {
          known.put(one.question(), one);
        }
      } catch (UncheckedIOException e) {
        continue;
      }
    }
    return known;
  }
}
