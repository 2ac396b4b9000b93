package org.touchstone.resolver.platform;

import java.time.InstantSource;
import java.util.function.Predicate;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.post.Extractor;

/**
 * What a platform finds its posts with.
 *
 * @param client asks it
 * @param keys what is paid for or registered for
 * @param maxVideoBytes largest video that is accepted, which decides among encodings
 * @param clock tells when a token ends
 * @param ytDlp reads what nothing of our own reads
 * @param lastResort reads videos that are not understood any more; for {@link
 *     PlatformExtractor#withLastResort}
 * @param claimedByHost whether a link's host is a platform's
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
