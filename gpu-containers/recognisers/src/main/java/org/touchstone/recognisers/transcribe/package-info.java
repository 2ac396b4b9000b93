/** Amazon Transcribe. */
package org.touchstone.recognisers.transcribe;
