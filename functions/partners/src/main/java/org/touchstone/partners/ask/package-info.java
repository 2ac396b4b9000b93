/** The conversation with one voter about one medium: what is sent, kept, awaited and reported. */
package org.touchstone.partners.ask;
