package org.touchstone.resolver.platform;

import java.time.InstantSource;
import java.util.function.Predicate;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.post.Extractor;

/**
 * The tools a platform uses to find its posts.
 *
 * @param client sends requests to the platform
 * @param keys keys that are paid for or registered for
 * @param maxVideoBytes largest accepted video, used to choose among encodings
 * @param clock decides when a token expires
 * @param ytDlp reads pages that Touchstone has no reader for
 * @param lastResort reads videos that are no longer understood; for {@link
 *     PlatformExtractor#withLastResort}
 * @param claimedByHost whether a platform claims a link's host
 * @param pages reads links that no platform claims
 */
public record PlatformTools(
    PlatformClient client,
    PlatformKeys keys,
    long maxVideoBytes,
    InstantSource clock,
    Strategy ytDlp,
    Strategy lastResort,
    Predicate<WebLink> claimedByHost,
    Extractor pages) {}
