/** Videos on Vimeo, read by yt-dlp. */
package org.touchstone.resolver.platform.vimeo;
