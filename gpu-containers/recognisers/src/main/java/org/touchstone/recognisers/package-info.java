/** Speech recognisers that are services, behind the port that installed ones have too. */
package org.touchstone.recognisers;
