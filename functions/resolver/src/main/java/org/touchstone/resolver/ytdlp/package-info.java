/**
 * yt-dlp for the links that nothing of our own knows: a separate process with bounded time, output
 * and reach, whose only way out is the egress proxy.
 */
package org.touchstone.resolver.ytdlp;
