package org.touchstone.intake.page;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.provenance.Credential;
import org.touchstone.domain.provenance.CredentialSignature;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Voucher;
import org.touchstone.intake.page.ResultView.Fact;
import org.touchstone.intake.page.ResultView.ProvenanceBox;

/** Puts into words what a file says about its origin, and what that is worth. */
final class ProvenanceViews {
  private static final int MAX_STEPS = 100;

  private final Texts texts;

  ProvenanceViews(Texts texts) {
    this.texts = texts;
  }

  ProvenanceBox of(Provenance found) {
    List<Fact> facts = new ArrayList<>();
    ResultTexts.add(facts, texts, "provenance.signer", found.signer());
    ResultTexts.add(facts, texts, "provenance.generator", found.generator());
    ResultTexts.add(facts, texts, "provenance.source-type", found.digitalSourceType());
    return new ProvenanceBox(
        ResultTexts.code(found.state()),
        sentence(found),
        facts,
        found.claims().stream().map(ResultTexts::cut).toList(),
        found.chain().stream()
            .limit(MAX_STEPS)
            .map(step -> ResultTexts.cut(step(step, found)))
            .toList(),
        found.labels().stream()
            .filter(label -> label.meaning() != Label.Meaning.NOTE)
            .limit(MAX_STEPS)
            .map(label -> ResultTexts.cut(label(label)))
            .toList());
  }

  private String sentence(Provenance found) {
    Problem problem = found.problem();
    if (problem != null) {
      return texts.of("provenance.problem." + ResultTexts.code(problem))
          + " "
          + texts.of("provenance.problem.nothing");
    }
    String state = texts.of("provenance." + ResultTexts.code(found.state()));
    return found.hasSoundCredentials() && found.vouchedBy() != null
        ? state + " " + vouching(found.vouchedBy())
        : state;
  }

  private String vouching(Voucher voucher) {
    return texts.of("provenance.vouched." + ResultTexts.code(voucher));
  }

  private String step(Step step, Provenance provenance) {
    StringJoiner text = new StringJoiner(", ");
    if (step.kind() == Step.Kind.SIGNED) {
      signed(step, provenance, text);
    } else {
      text.add(
          step.kind() == Step.Kind.OTHER
              ? texts.with("provenance.step.other", String.valueOf(step.action()))
              : texts.of("provenance.step." + ResultTexts.code(step.kind())));
      step.with().forEach(text::add);
      if (step.tool() != null) {
        text.add(texts.with("provenance.step.tool", step.tool()));
      }
      if (step.description() != null) {
        text.add(step.description());
      }
    }
    if (step.at() != null) {
      text.add(texts.time(step.at()));
    }
    if (!step.vouched()) {
      text.add(texts.of("provenance.step.passed-on"));
    }
    return text.toString();
  }

  private void signed(Step step, Provenance provenance, StringJoiner text) {
    Credential credential = provenance.credentials().get(step.credential());
    CredentialSignature signature = credential.signature();
    String name = requireNonNullElse(signature.signer(), texts.of("provenance.step.nobody"));
    text.add(
        texts.with(
            signature.genuine() ? "provenance.step.signed" : "provenance.step.false-signature",
            name));
    credential.tools().forEach(tool -> text.add(texts.with("provenance.step.tool", tool)));
  }

  private String label(Label label) {
    String generator =
        requireNonNullElse(label.generator(), texts.of("provenance.label.generator"));
    return texts.with("provenance.label." + ResultTexts.code(label.meaning()), generator)
        + " ("
        + texts.of("provenance.label." + ResultTexts.code(label.forgeability()))
        + ")";
  }
}
