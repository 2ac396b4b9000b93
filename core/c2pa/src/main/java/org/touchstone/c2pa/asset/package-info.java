/** The file: its bytes, its parts as its container divides it, and where its credentials lie. */
package org.touchstone.c2pa.asset;
