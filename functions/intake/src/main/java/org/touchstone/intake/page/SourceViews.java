package org.touchstone.intake.page;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.PostContext;
import org.touchstone.intake.page.ResultView.Fact;
import org.touchstone.intake.page.ResultView.Source;

/** Puts into words where media were found. */
final class SourceViews {
  private final Texts texts;

  SourceViews(Texts texts) {
    this.texts = texts;
  }

  /** Where the media of an analysis were found; null when that is not known. */
  Source of(Analysis analysis) {
    MediaSource source =
        analysis.media().stream()
            .map(MediaItem::source)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (source == null) {
      return null;
    }
    PostContext context = requireNonNullElse(source.context(), PostContext.NONE);
    List<Fact> facts = new ArrayList<>();
    ResultTexts.add(facts, texts, "source.platform", source.platform());
    ResultTexts.add(facts, texts, "source.author", source.author());
    ResultTexts.add(
        facts,
        texts,
        "source.posted",
        source.postedAt() == null ? null : texts.time(source.postedAt()));
    ResultTexts.add(facts, texts, "source.alt", ResultTexts.cut(context.altText()));
    if (analysis.input() != null) {
      ResultTexts.add(facts, texts, "source.file", analysis.input().fileName());
    }
    return new Source(
        ResultTexts.link(source.postUrl()),
        facts,
        ResultTexts.cut(context.text()),
        ResultTexts.language(context.language()),
        context.communityNotes().stream().map(ResultTexts::cut).toList());
  }
}
