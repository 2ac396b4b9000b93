/** How a service that recognises speech is described. */
package org.touchstone.recognisers.settings;
