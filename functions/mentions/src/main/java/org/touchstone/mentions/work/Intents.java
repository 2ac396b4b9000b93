package org.touchstone.mentions.work;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.ReplyKind;
import org.touchstone.mentions.analysis.AnalysisException;
import org.touchstone.mentions.analysis.AnalysisService;
import org.touchstone.mentions.platform.Traits;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.Composer;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.mentions.templates.TextKey;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.StoredMention;

/** Decides what a reply says. */
final class Intents {
  private static final Logger LOG = Logger.getLogger(Intents.class);

  /** Digits of a mention's id in its replies, by which an operator finds it. */
  private static final int REF = 8;

  private final BotSettings settings;
  private final Templates templates;
  private final Composer composer;
  private final AnalysisService service;
  private final InstantSource clock;

  Intents(BotSettings settings, Templates templates, AnalysisService service, InstantSource clock) {
    this.settings = settings;
    this.templates = templates;
    this.composer = new Composer(templates);
    this.service = service;
    this.clock = clock;
  }

  /** The mention with a reply that says a text; given up when it does not fit the platform. */
  StoredMention says(StoredMention mention, ReplyKind kind, TextKey text, Traits traits) {
    return intends(mention, kind, text, null, Optional.empty(), traits);
  }

  /** The mention with a reply that tells a level. */
  StoredMention tells(
      StoredMention mention,
      ReplyKind kind,
      Verdict.Level level,
      PlatformSettings platform,
      Traits traits)
      throws AnalysisException {
    Optional<URI> link = platform.link() ? link(mention) : Optional.empty();
    return intends(mention, kind, TextKey.of(level), level, link, traits);
  }

  /** The shared result; nothing is shared of a mention or a post that not everybody may see. */
  private Optional<URI> link(StoredMention stored) throws AnalysisException {
    return stored.mention().visibility().isOpen() && stored.target().open()
        ? service.share(stored.analysisId())
        : Optional.empty();
  }

  private StoredMention intends(
      StoredMention stored,
      ReplyKind kind,
      TextKey text,
      Verdict.Level level,
      Optional<URI> link,
      Traits traits) {
    Mention mention = stored.mention();
    String language =
        templates.language(mention.language(), mention.author().language(), settings.language());
    Optional<Composer.Composed> composed =
        composer.compose(
            language,
            text,
            kind == ReplyKind.CORRECTION,
            mention.author().handle(),
            stored.id().substring(0, REF),
            link,
            traits);
    if (composed.isEmpty()) {
      LOG.errorf("the text %s in %s is too long for %s", text.key(), language, mention.platform());
      return stored.closed(StoredMention.State.DEAD, "text-too-long", clock.instant());
    }
    ReplyIntent intent =
        new ReplyIntent(
            kind,
            MentionStore.replyKey(mention, kind),
            composed.get().text(),
            language,
            mention.visibility(),
            composed.get().hasLink(),
            clock.instant());
    String told = level == null ? null : level.name();
    return stored.intends(
        intent, text.key(), told, level != null && settings.approve().contains(level));
  }
}
