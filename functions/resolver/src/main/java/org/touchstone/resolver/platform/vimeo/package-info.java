/** Videos on Vimeo, which yt-dlp reads. */
package org.touchstone.resolver.platform.vimeo;
