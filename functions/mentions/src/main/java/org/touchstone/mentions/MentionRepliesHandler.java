package org.touchstone.mentions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Called by EventBridge when an analysis has ended: answers the mentions that wait for it. An event
 * that is lost is made up for by the next sweep, one that comes twice changes nothing.
 */
@Named("mention-replies")
@ApplicationScoped
public class MentionRepliesHandler implements RequestHandler<Map<String, Object>, Void> {
  private static final Logger LOG = Logger.getLogger(MentionRepliesHandler.class);

  private final Bot bot;

  @Inject
  public MentionRepliesHandler(Bot bot) {
    this.bot = bot;
  }

  @Override
  public Void handleRequest(Map<String, Object> event, Context context) {
    if (event != null
        && event.get("detail") instanceof Map<?, ?> detail
        && detail.get("analysisId") instanceof String id) {
      bot.ended(id);
    } else {
      // It would be as unreadable the next time.
      LOG.error("an event without an analysis");
    }
    return null;
  }
}
