package org.touchstone.resolver.platform.youtube;

import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.link.LinkTable;

/** YouTube in every form; its terms do not allow fetching, so no form is parsed further. */
public final class YouTubeLinks {
  public static final LinkTable TABLE =
      LinkTable.of("youtube", "YouTube")
          .domains("youtube.com", "youtu.be", "youtube-nocookie.com", "youtubekids.com")
          .domains("youtubeeducation.com", "yt.be", "googlevideo.com")
          .hosts("yewtu.be", "piped.video", "inv.nadeko.net")
          .hosts("youtube.googleapis.com", "yout-ube.com", "www.yout-ube.com")
          .refuse(
              "/**",
              ProblemType.PLATFORM_EXCLUDED,
              "YouTube's terms do not allow its videos to be fetched; upload the file instead.")
          .build();

  private YouTubeLinks() {}
}
