package org.touchstone.resolver.platform.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.Reply;

/**
 * A server's description of itself by the NodeInfo protocol.
 *
 * @param host the host it describes: the one asked, or its redirect target where a short domain
 *     stands for a longer one
 * @param software the name of its software; empty when unknown
 */
record NodeInfo(String host, String software) {
  private static final int MAX_REDIRECTS = 3;

  /** Asks a host; an improper answer counts as no answer. */
  static NodeInfo of(PlatformClient client, String host) throws IOException {
    NodeInfo nothing = new NodeInfo(host, "");
    try {
      Reply index = get(client, WebLink.parse("https://" + host + "/.well-known/nodeinfo"));
      for (JsonNode entry : index.orThrow().json().path("links")) {
        String schema = Nodes.text(entry, "rel");
        Optional<WebLink> document = Nodes.link(entry, "href");
        if (schema != null && schema.contains("nodeinfo") && document.isPresent()) {
          return read(client, index.link().host(), document.get()).orElse(nothing);
        }
      }
    } catch (ProblemException e) {
      if (!e.problem().type().isInputsFault()) {
        throw e;
      }
      return nothing;
    }
    return nothing;
  }

  /** Reads a host's own document: a host may only describe itself. */
  private static Optional<NodeInfo> read(PlatformClient client, String host, WebLink document)
      throws IOException {
    Reply reply = get(client, document);
    if (!document.host().equals(host) || !reply.link().host().equals(host)) {
      return Optional.empty();
    }
    String name = Nodes.text(reply.orThrow().json(), "software", "name");
    return Optional.of(new NodeInfo(host, name == null ? "" : name.toLowerCase(Locale.ROOT)));
  }

  private static Reply get(PlatformClient client, WebLink link) throws IOException {
    WebLink at = link;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      Reply reply = client.send(FetchRequest.get(at).with("Accept", "application/json"));
      if (reply.location() == null) {
        return reply;
      }
      at = reply.location();
    }
    return client.send(FetchRequest.get(at).with("Accept", "application/json"));
  }
}
