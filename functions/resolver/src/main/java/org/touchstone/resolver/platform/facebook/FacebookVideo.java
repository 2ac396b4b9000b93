package org.touchstone.resolver.platform.facebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.post.PostMedia;

/**
 * A video within a page's data: one file for each quality, in either of two forms, and a manifest
 * with picture and sound apart.
 */
final class FacebookVideo {
  private static final WebLink SITE = WebLink.parse("https://www.facebook.com/");
  private static final List<String> HD =
      List.of("browser_native_hd_url", "playable_url_quality_hd", "hd_src");
  private static final List<String> SD = List.of("browser_native_sd_url", "playable_url", "sd_src");
  private static final List<String> MANIFESTS =
      List.of("dash_manifest", "dash_manifest_xml_string", "manifest_xml", "video_dash_manifest");

  private final DashManifests manifests;

  FacebookVideo(PlatformClient client, long maxVideoBytes) {
    this.manifests = new DashManifests(client, maxVideoBytes);
  }

  /** Whether a node names the files of a video. */
  boolean isOne(JsonNode node) {
    return whole(node).isPresent() || manifest(node).isPresent();
  }

  /**
   * The best form of a video.
   *
   * @throws ProblemException with the reason when there is none
   */
  PostMedia best(JsonNode node, String altText) {
    Optional<WebLink> whole = whole(node);
    if (whole.isPresent()) {
      return PostMedia.of(whole.get(), altText);
    }
    PostMedia best =
        manifests.within(
            SITE, manifest(node).orElseThrow(() -> new ProblemException(PostProblems.NOT_SHOWN)));
    return new PostMedia(best.link(), best.audio(), best.headers(), altText);
  }

  /** The places of a node where the addresses of its files may be. */
  private static List<JsonNode> places(JsonNode node) {
    return List.of(
        node,
        node.path("videoDeliveryLegacyFields"),
        Nodes.at(node, "videoDeliveryResponseFragment", "videoDeliveryResponseResult"),
        node.path("videoDeliveryResponseResult"));
  }

  private static Optional<WebLink> whole(JsonNode node) {
    List<WebLink> hd = new ArrayList<>();
    List<WebLink> sd = new ArrayList<>();
    for (JsonNode place : places(node)) {
      for (JsonNode file : place.path("progressive_urls")) {
        if (Nodes.text(file, "failure_reason") == null) {
          boolean isHd = "HD".equals(Nodes.text(file, "metadata", "quality"));
          Nodes.link(file, "progressive_url").ifPresent(isHd ? hd::add : sd::add);
        }
      }
      HD.forEach(field -> Nodes.link(place, field).ifPresent(hd::add));
      SD.forEach(field -> Nodes.link(place, field).ifPresent(sd::add));
    }
    return Stream.concat(hd.stream(), sd.stream()).findFirst();
  }

  private static Optional<String> manifest(JsonNode node) {
    for (JsonNode place : places(node)) {
      for (String field : MANIFESTS) {
        String xml = Nodes.text(place, field);
        if (xml != null) {
          return Optional.of(xml);
        }
      }
      for (JsonNode one : place.path("dash_manifests")) {
        String xml = Nodes.text(one, "manifest_xml");
        if (xml != null) {
          return Optional.of(xml);
        }
      }
    }
    return Optional.empty();
  }
}
