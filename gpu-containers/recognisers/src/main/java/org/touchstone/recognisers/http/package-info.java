/** Services with OpenAI's interface for transcriptions. */
package org.touchstone.recognisers.http;
