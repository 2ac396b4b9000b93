/**
 * yt-dlp for links that Touchstone has no reader for: a separate process with bounded time, output
 * and reach, whose only way out is the egress proxy.
 */
package org.touchstone.resolver.ytdlp;
