package org.touchstone.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.touchstone.domain.Reason;
import org.touchstone.judge.answer.Answer;
import org.touchstone.judge.answer.AnswerReader;
import org.touchstone.judge.answer.Label;
import org.touchstone.judge.answer.UnusableAnswerException;
import org.touchstone.judge.chat.Chat;
import org.touchstone.judge.chat.ChatException;
import org.touchstone.judge.chat.Deadline;
import org.touchstone.judge.chat.Reply;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Prompt;
import org.touchstone.judge.prompt.Question;
import org.touchstone.judge.prompt.Rendered;
import org.touchstone.judge.prompt.SecretWords;
import org.touchstone.judge.settings.JudgeSettings;

/**
 * A language model as judge. It is asked as often as its description says; every answer is checked,
 * and asked for again when it fails.
 */
public final class LanguageModelJudge implements Judge {
  private final JudgeSettings settings;
  private final Prompt prompt;
  private final Chat chat;
  private final SecretWords words;

  public LanguageModelJudge(JudgeSettings settings, Prompt prompt, Chat chat) {
    this.settings = settings;
    this.prompt = prompt;
    this.chat = chat;
    this.words = new SecretWords();
  }

  /** Such as {@code transcript-1+gpt-4o-2024-08-06}; characters that no version has become -. */
  @Override
  public String version() {
    String version = prompt.version() + "+" + settings.model().replaceAll("[^A-Za-z0-9._-]", "-");
    final int longest = 128;
    return version.substring(0, Math.min(longest, version.length()));
  }

  @Override
  public Usage most(Question question) {
    long requests = (long) settings.votes() + settings.retries();
    return new Usage(
        requests * prompt.render(question, words).mostTokens(),
        requests * settings.maxOutputTokens(),
        true);
  }

  @Override
  public Opinion judge(Question question) throws NoOpinionException {
    Deadline deadline = Deadline.in(settings.time());
    List<Answer> answers = new ArrayList<>();
    Usage usage = Usage.NONE;
    String model = settings.model();
    int repetitions = settings.retries();
    boolean wasSent = false;
    while (answers.size() < settings.votes()) {
      try {
        Rendered rendered = prompt.render(question, words);
        Reply reply = chat.ask(rendered, deadline);
        wasSent = true;
        usage = usage.plus(reply.usage());
        model = checked(reply.model());
        answers.add(AnswerReader.read(reply.json(), rendered.secrets()));
      } catch (ChatException e) {
        wasSent |= e.wasSent();
        usage = usage.plus(e.usage());
        if (!e.mayHelpToRepeat() || repetitions-- == 0) {
          throw new NoOpinionException(e.reason(), e.getMessage(), wasSent, usage);
        }
      } catch (UnusableAnswerException e) {
        if (repetitions-- == 0) {
          throw new NoOpinionException(
              Reason.NO_ANSWER,
              "The judge's answer was rejected: " + e.getMessage() + ".",
              true,
              usage);
        }
      } catch (WrongModelException e) {
        throw new NoOpinionException(
            Reason.NO_ANSWER, "Another model answered than the one asked.", true, usage);
      }
    }
    return agreed(answers, model, usage);
  }

  private static final class WrongModelException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Servers name the dated version of the model asked for, or, asked to, anything. */
  private String checked(String answered) throws WrongModelException {
    final int longest = 200;
    if (answered == null || answered.isBlank()) {
      return settings.model();
    }
    if (!settings.anyModel() && !isVersionOf(answered, settings.model())) {
      throw new WrongModelException();
    }
    String name = answered.length() > longest ? answered.substring(0, longest) : answered;
    return name.replaceAll("\\p{C}", "-");
  }

  private static boolean isVersionOf(String answered, String asked) {
    return answered.equals(asked)
        || answered.startsWith(asked)
            && answered.substring(asked.length()).matches("[-@:][0-9][0-9A-Za-z.-]*");
  }

  /** What the answers agree on. */
  static Opinion agreed(List<Answer> answers, String model, Usage usage) {
    Label label = Label.UNKNOWN;
    for (Label each : Label.values()) {
      if (2 * of(each, answers).size() > answers.size()) {
        label = each;
      }
    }
    List<Answer> agreeing = of(label, answers);
    List<Answer> ordered =
        (agreeing.isEmpty() ? answers : agreeing)
            .stream().sorted(Comparator.comparingDouble(Answer::probability)).toList();
    Answer middle = ordered.get((ordered.size() - 1) / 2);
    return new Opinion(
        label, middle.probability(), middle.rationale(), middle.claims(), answers, model, usage);
  }

  private static List<Answer> of(Label label, List<Answer> answers) {
    return answers.stream().filter(answer -> answer.label() == label).toList();
  }
}
