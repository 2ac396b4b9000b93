package org.touchstone.resolver.platform.youtube;

import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;

/** YouTube, whose terms exclude what is done here. */
public final class YouTube implements Extractor {
  @Override
  public String platform() {
    return YouTubeLinks.TABLE.platform();
  }

  @Override
  public boolean claims(WebLink link) {
    return YouTubeLinks.TABLE.claims(link);
  }

  @Override
  public Extraction extract(WebLink link) {
    throw new ProblemException(
        ProblemType.PLATFORM_EXCLUDED,
        "YouTube's terms do not allow its videos to be fetched; upload the file instead.");
  }
}
